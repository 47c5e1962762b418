// What somebody who connects a repository asks: the App's webhook, a branch and the rules about it; and how an App is
// made from a manifest (docs.github.com, "Registering a GitHub App from a manifest").
// Sources: GitHub's REST description of /app/hook/config, /repos/{owner}/{repo}/branches/{branch} and
// /repos/{owner}/{repo}/rules/branches/{branch}.

#include <stdexcept>

#include "lib/base/hash.h"
#include "tests/support/fake_github/app_key.h"
#include "tests/support/fake_github/impl.h"
#include "tests/support/fake_github/routes.h"

namespace greenroom::testing {
namespace fake {
namespace {

Reply show_hook(Call& call) {
  const auto& hook = call.state.app.hook;
  if (hook.url.empty()) refuse(404, "Not Found");
  Json config{{"url", hook.url}, {"content_type", hook.content_type}, {"insecure_ssl", hook.insecure_ssl ? "1" : "0"}};
  if (hook.has_secret) config["secret"] = "********";
  return ok(config);
}

const std::vector<std::string>& contexts(const std::map<std::string, std::vector<std::string>>& required,
                                         const std::string& branch) {
  static const std::vector<std::string> none;
  const auto found = required.find(branch);
  return found == required.end() ? none : found->second;
}

Reply show_branch(Call& call) {
  const auto& repository = call.repository();
  const std::string& name = call.params.at(0);
  const auto branch = repository.branches.find(name);
  if (branch == repository.branches.end()) refuse(404, "Branch not found");
  const auto& required = contexts(repository.protected_by, name);
  return ok({{"name", name},
             {"commit", {{"sha", branch->second}}},
             {"protected", !required.empty()},
             {"protection",
              {{"enabled", !required.empty()},
               {"required_status_checks",
                {{"enforcement_level", required.empty() ? "off" : "non_admins"}, {"contexts", required}}}}}});
}

// Also of a branch that is not there: the rules that would apply.
Reply list_rules(Call& call) {
  std::vector<Json> rules;
  Json checks = Json::array();
  for (const auto& context : contexts(call.repository().ruled_by, call.params.at(0)))
    checks.push_back({{"context", context}});
  if (!checks.empty())
    rules.push_back(
        {{"type", "required_status_checks"},
         {"ruleset_source_type", "Repository"},
         {"ruleset_source", call.repository().full_name()},
         {"ruleset_id", 42},
         {"parameters", {{"required_status_checks", checks}, {"strict_required_status_checks_policy", false}}}});
  return paged(call, rules);
}

// Whoever has the code gets the key, without any token.
Reply convert(Call& call) {
  const auto found = call.state.manifests.find(call.params.at(0));
  if (found == call.state.manifests.end()) refuse(404, "Not Found");
  const auto [text, at] = found->second;
  call.state.manifests.erase(found);
  if (at + std::chrono::hours(1) < call.state.now()) refuse(404, "Not Found");
  const Json manifest = Json::parse(text);
  call.state.options.app_public_key = app_key().public_pem;
  call.state.app = {manifest.at("default_permissions").get<Permissions>(),
                    manifest.at("default_events").get<std::vector<std::string>>(),
                    {manifest.at("hook_attributes").at("url")}};
  Json app = app_json(call.state);
  app["permissions"] = call.state.app.permissions;
  app["events"] = call.state.app.events;
  app["client_id"] = "Iv1.8a61f9b3a7aba766";
  app["client_secret"] = "1726be1638095a19edd134c77bde3aa2ece1e5d8";
  app["webhook_secret"] = call.state.options.webhook_secret;
  app["pem"] = app_key().private_pem;
  return ok(app, 201);
}

}  // namespace

Routes setup_routes() {
  return {{"GET", "/app/hook/config", {Needs::Who::app}, show_hook},
          {"POST", "/app-manifests/{}/conversions", {Needs::Who::anyone}, convert},
          {"GET", "/repos/{}/{}/branches/{}", reads("contents"), show_branch},
          {"GET", "/repos/{}/{}/rules/branches/{}", reads("metadata"), list_rules}};
}

}  // namespace fake

std::string FakeGithub::person_makes_app(const std::string& manifest) {
  const auto wanted = fake::Json::parse(manifest);
  for (const char* member : {"url", "redirect_url", "hook_attributes", "default_permissions", "default_events"})
    if (!wanted.contains(member)) throw std::logic_error(std::string("the manifest has no ") + member);
  return impl_->state.with([&](fake::State& state) {
    const auto code = to_hex(sha256("code " + std::to_string(state.next_id()))).substr(0, 40);
    state.manifests[code] = {manifest, state.now()};
    return code;
  });
}

void FakeGithub::set_app(const fake::App& app) {
  impl_->state.with([&](fake::State& state) { state.app = app; });
}

void FakeGithub::set_permissions(Id installation, const fake::Permissions& permissions) {
  impl_->state.with([&](fake::State& state) { state.installations.at(installation).permissions = permissions; });
}

void FakeGithub::require_checks(Id repository, const std::string& branch, const std::vector<std::string>& contexts,
                                fake::Guard guard) {
  impl_->in(repository, [&](fake::State&, fake::Repository& found) {
    (guard == fake::Guard::rules ? found.ruled_by : found.protected_by)[branch] = contexts;
  });
}

}  // namespace greenroom::testing
