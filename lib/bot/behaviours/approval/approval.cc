#include "lib/bot/behaviours/approval/approval.h"

#include "lib/bot/asked.h"
#include "lib/review/review.h"

namespace greenroom::bot::behaviours {
namespace {

using model::EventKind;

constexpr std::string_view kSection = "approval";
constexpr std::string_view kVerb = "ok-to-test";
constexpr std::size_t kShownDigits = 12;
constexpr std::size_t kFewestDigits = 7;  // what git itself takes for a short name
constexpr int kJoinAfter = 3;             // merged changes

std::string command_for(const model::Event& event) {
  return "`/" + std::string(kVerb) + " " + event.change->head_sha.substr(0, kShownDigits) + "`";
}

std::string waiting_text(const model::Event& event, const Context& context) {
  const bool all = context.approval.required == ApprovalRule::Required::everything;
  std::string text =
      all ? "**The checks wait for a person of the project.** Code of people who are new here"
          : "**The tests wait for a person of the project.** Tests run the code of a change, and code of "
            "people who are new here";
  text += " is first looked at by somebody with write access. They start " +
          std::string(all ? "the checks" : "the tests") + " of this push with " + command_for(event) +
          "; the next push waits again.";
  text += all ? " Until then there is nothing to do." : " What only reads the code is reviewed at once.";
  const int merged = context.trust.merged_changes;
  if (merged < kJoinAfter) return text;
  return text + "\n\n**" + std::to_string(merged) +
         " changes are merged already: time to join.** A maintainer can give triage rights in this project, and "
         "nothing waits any more.";
}

model::Decisions drop_section(const Context& context) {
  if (!context.approval_section) return {};
  return {model::SetSection{std::string(kSection), ""}};
}

// What the comment says of the head that stands now.
model::Decisions on_head(const model::Event& event, const Context& context) {
  const bool waits = verdict_on(context.approval, context.trust).may_run != model::MayRun::everything;
  if (!context.change_open || event.change->draft || !waits) return drop_section(context);
  return {model::SetSection{std::string(kSection), waiting_text(event, context)}};
}

// With a name, it has to be the head's; without one, what stood there when the comment was written counts.
bool means_the_head(const std::string& named, const model::Event& event, const Context& context) {
  const auto& head = event.change->head_sha;
  if (context.head_when_said != head) return false;
  return named.empty() || (named.size() >= kFewestDigits && head.starts_with(named));
}

model::Decisions refuse(const model::Event& event) {
  return {
      model::Say{std::string(kVerb) + "/by/" + std::to_string(event.actor.host_account_id),
                 "Thank you for looking after this change. Its tests are started by people with write access to the "
                 "project; one of them can write `/ok-to-test` here."}};
}

model::Decisions approve(const model::Event& event, const Context& context, const std::string& named) {
  if (!may_approve(context.actor_permission)) return refuse(event);
  if (!means_the_head(named, event, context)) {
    return {answer(event, kVerb,
                   "The newest push is another one, so nothing was started. Once that one is looked at, " +
                       command_for(event) + " starts its tests.")};
  }
  model::Decisions decisions{model::Acknowledge{}, model::ApproveHead{event.change->head_sha},
                             model::RunChecks{"approved by " + event.actor.login, model::RunChecks::Which::waiting}};
  for (auto& decision : drop_section(context)) decisions.push_back(std::move(decision));
  return decisions;
}

// Only what a person has written counts: an edited comment may show words that somebody else put there.
model::Decisions on_comment(const model::Event& event, const Context& context) {
  if (!context.change_open || !is_on_change(event)) return {};
  bool runs = false;
  for (const auto& command : context.commands) {
    const bool fresh = event.kind == EventKind::comment_created;
    if (command.verb == kVerb && fresh) return approve(event, context, command.arguments);
    runs = runs || command.verb == "run" || command.verb == "retest";
  }
  return runs ? on_head(event, context) : model::Decisions{};
}

model::Decisions decide(const model::Event& event, const Context& context) {
  switch (event.kind) {
    case EventKind::change_opened:
    case EventKind::change_updated:
    case EventKind::change_readied:
    case EventKind::change_drafted: return on_head(event, context);
    case EventKind::change_closed:
    case EventKind::change_merged: return drop_section(context);
    default: break;
  }
  return on_comment(event, context);
}

}  // namespace

Behaviour approval() {
  return {"approval",
          "Keeps code of people who are new here from running until somebody of the project has seen it.",
          {{"ok-to-test", "/ok-to-test [commit]", "people with write access",
            "Lets the tests of the newest push run; each later push waits again."}},
          {"approval.required", "approval.trust_after_merged"},
          decide};
}

}  // namespace greenroom::bot::behaviours
