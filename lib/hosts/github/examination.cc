#include "lib/hosts/github/examination.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/github/host.h"
#include "lib/http/server.h"

namespace greenroom::hosts::github {
namespace {

constexpr std::string_view kCheck = "greenroom";  // the one that sums up all others

bool names_check(const json::Value& list) {
  return list.is_array() && std::any_of(list.begin(), list.end(), [](const auto& one) {
           return json::text(one, "context") == kCheck || one == json::Value(kCheck);
         });
}

// What GitHub will not show stays null; what may pass is an error.
Result<json::Value> if_shown(Result<json::Value> answer) {
  const bool hidden =
      !answer && (answer.error().kind == ErrorKind::not_found || answer.error().kind == ErrorKind::rejected);
  return hidden ? Result<json::Value>(json::Value()) : answer;
}

Result<void> examine_app(Api& api, Session& session, const Access& access, std::int64_t repository,
                         const std::string& hook_url, Remarks& remarks) {
  GREENROOM_TRY(jwt, session.app_token());
  GREENROOM_TRY(app, api.call({"GET", "/app"}, jwt));
  GREENROOM_TRY(installation, api.call({"GET", access.path + "/installation"}, jwt));
  judge_permissions(app, installation, remarks);
  judge_events(app, remarks);
  GREENROOM_TRY(config, if_shown(api.call({"GET", "/app/hook/config"}, jwt)));
  judge_hook(config, hook_url, remarks);
  GREENROOM_TRY(deliveries, if_shown(api.call({"GET", "/app/hook/deliveries?per_page=100"}, jwt)));
  judge_deliveries(deliveries, repository, remarks);
  return {};
}

void examine_account(const Bot& bot, const Result<Permission>& permission, const std::string& hook_url,
                     Remarks& remarks) {
  if (permission && *permission >= Permission::write)
    remarks.push_back(fine(bot.login + " may write to this repository."));
  else
    remarks.push_back(missing(bot.login + " may not write to this repository: give it the role Write in the "
                                          "repository's settings."));
  remarks.push_back(note("GitHub does not show an account this repository's webhook: compare its URL with " + hook_url +
                         ", the content type with application/json, and the events with docs/hosts.md."));
}

Result<void> examine_branch(Api& api, const Access& access, Remarks& remarks) {
  const auto branch = http::percent_encode(access.default_branch);
  const auto rules = api.all(access.path + "/rules/branches/" + branch, access.token);
  if (!rules && rules.error().kind == ErrorKind::transient) return tl::unexpected(rules.error());
  GREENROOM_TRY(itself, if_shown(api.call({"GET", access.path + "/branches/" + branch}, access.token)));
  judge_branch(rules ? *rules : std::vector<json::Value>(), itself, access.default_branch, remarks);
  return {};
}

}  // namespace

void judge_branch(const std::vector<json::Value>& rules, const json::Value& branch, const std::string& name,
                  Remarks& remarks) {
  const auto& protection = json::member(json::member(branch, "protection"), "required_status_checks");
  bool required = names_check(json::member(protection, "contexts"));
  for (const auto& rule : rules)
    if (json::text(rule, "type") == "required_status_checks")
      required = required || names_check(json::member(json::member(rule, "parameters"), "required_status_checks"));
  if (required) return remarks.push_back(fine("Merging into " + name + " waits for the check 'greenroom'."));
  remarks.push_back(note("Merging into " + name +
                         " does not wait for the check 'greenroom', as far as GitHub shows: once "
                         "it has run, it can be required in the repository's settings under Rules."));
}

Result<Remarks> GithubHost::examine(std::int64_t host_repository_id, const std::string& hook_url) {
  GREENROOM_TRY(access, session_.access(host_repository_id));
  GREENROOM_TRY(bot, session_.bot());
  Remarks remarks;
  if (bot.is_app())
    GREENROOM_CHECK(examine_app(api_, session_, access, host_repository_id, hook_url, remarks));
  else
    examine_account(bot, permission(host_repository_id, bot.account_id), hook_url, remarks);
  GREENROOM_CHECK(examine_branch(api_, access, remarks));
  return remarks;
}

}  // namespace greenroom::hosts::github
