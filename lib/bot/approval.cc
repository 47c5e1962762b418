#include "lib/bot/approval.h"

namespace greenroom::bot {

using model::MayRun;
using Required = ApprovalRule::Required;

std::optional<Required> required_named(std::string_view word) {
  if (word == "never") return Required::never;
  if (word == "tests") return Required::tests;
  if (word == "everything") return Required::everything;
  return std::nullopt;
}

Verdict verdict_on(const ApprovalRule& rule, const Trust& trust) {
  if (rule.required == Required::never) return {MayRun::everything, "no approval is asked for here"};
  if (trust.author >= hosts::Permission::triage)
    return {MayRun::everything, trust.author_login + " belongs to the project"};
  if (!trust.approver_login.empty() && may_approve(trust.approver))
    return {MayRun::everything, "approved by " + trust.approver_login};
  if (rule.trust_after_merged > 0 && trust.merged_changes >= rule.trust_after_merged)
    return {MayRun::everything, trust.author_login + " has merged changes here"};
  return {rule.required == Required::tests ? MayRun::reading : MayRun::nothing, ""};
}

}  // namespace greenroom::bot
