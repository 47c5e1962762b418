// The App, its installations and their tokens; users; limits.

#include <algorithm>

#include "tests/support/fake_github/auth.h"
#include "tests/support/fake_github/limits.h"
#include "tests/support/fake_github/routes.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::chrono::hours kTokenLife{1};

Reply show_app(Call& call) {
  Json app = app_json(call.state);
  app["installations_count"] = call.state.installations.size();
  app["permissions"] = call.state.app.permissions;
  app["events"] = call.state.app.events;
  return ok(app);
}

Reply list_installations(Call& call) {
  std::vector<Json> all;
  for (const auto& [id, installation] : call.state.installations)
    all.push_back(installation_json(call.state, installation));
  return paged(call, all);
}

const Installation& find_installation(const Call& call) {
  const auto found = call.state.installations.find(call.number(0));
  if (found == call.state.installations.end()) refuse(404, "Not Found");
  return found->second;
}

Reply show_installation(Call& call) { return ok(installation_json(call.state, find_installation(call))); }

Reply show_repository_installation(Call& call) {
  const auto* installation = call.state.installation_of(call.repository());
  if (installation == nullptr) refuse(404, "Not Found");
  return ok(installation_json(call.state, *installation));
}

// Fewer permissions than the installation's, never more.
Permissions narrowed(const Installation& installation, const Json& body) {
  if (!body.contains("permissions")) return installation.permissions;
  Permissions wanted;
  for (const auto& [section, access] : body["permissions"].items()) {
    const auto held = installation.permissions.find(section);
    const bool enough = held != installation.permissions.end() && (held->second == "write" || access == "read");
    if (!enough) refuse(422, "The permissions requested are not granted to this installation.");
    wanted[section] = access;
  }
  return wanted;
}

std::set<Id> chosen(const Call& call, const Installation& installation) {
  std::set<Id> ids = installation.repositories;
  if (!call.body.contains("repository_ids") && !call.body.contains("repositories")) return ids;
  ids.clear();
  const auto names = texts(call.body, "repositories");
  for (const auto& [id, repository] : call.state.repositories) {
    const auto& wanted = call.body.value("repository_ids", Json::array());
    const bool named = std::count(names.begin(), names.end(), repository.name) != 0 ||
                       std::count(wanted.begin(), wanted.end(), Json(id)) != 0;
    if (named && covers(installation, repository)) ids.insert(id);
  }
  if (ids.size() != names.size() + call.body.value("repository_ids", Json::array()).size())
    refuse(422,
           "There is at least one repository that does not exist or is not accessible to the parent installation.");
  return ids;
}

Reply make_token(Call& call) {
  const auto& installation = find_installation(call);
  Token token;
  token.kind = Token::Kind::installation;
  token.of = installation.id;
  token.permissions = narrowed(installation, call.body);
  token.repositories = chosen(call, installation);
  token.expires = call.state.now() + kTokenLife;
  return ok({{"token", new_token(call.state, token)},
             {"expires_at", iso(*token.expires)},
             {"permissions", token.permissions},
             {"repository_selection", token.repositories.empty() ? "all" : "selected"}},
            201);
}

Reply list_repositories(Call& call) {
  const auto& installation = call.state.installations.at(call.actor.installation);
  std::vector<Json> all;
  for (const auto& [id, repository] : call.state.repositories)
    if (covers(installation, repository) && (call.actor.repositories.empty() || call.actor.repositories.contains(id)))
      all.push_back(repository_json(call.state, repository));
  Reply reply = paged(call, all, "repositories");
  reply.body["repository_selection"] = installation.repositories.empty() ? "all" : "selected";
  return reply;
}

// Those that an account may read, whoever owns them.
Reply list_own_repositories(Call& call) {
  if (call.actor.kind == Actor::Kind::installation) refuse(403, "Resource not accessible by integration");
  std::vector<Json> all;
  for (const auto& [id, repository] : call.state.repositories)
    if (role_of(repository, call.actor.user) >= Role::read) all.push_back(repository_json(call.state, repository));
  return paged(call, all);
}

Reply show_self(Call& call) {
  if (call.actor.kind == Actor::Kind::installation) refuse(403, "Resource not accessible by integration");
  return ok(user_json(call.state, call.actor.user));
}

Reply show_user_by_id(Call& call) {
  const Id id = call.number(0);
  if (!call.state.users.contains(id)) refuse(404, "Not Found");
  return ok(user_json(call.state, id));
}

Reply show_user(Call& call) {
  const auto* user = call.state.find_user(call.params.at(0));
  if (user == nullptr) refuse(404, "Not Found");
  return ok(user_json(call.state, user->id));
}

Reply show_limits(Call& call) { return ok(limits_json(call.state)); }

}  // namespace

Routes account_routes() {
  using Who = Needs::Who;
  return {{"GET", "/app", {Who::app}, show_app},
          {"GET", "/app/installations", {Who::app}, list_installations},
          {"GET", "/app/installations/{}", {Who::app}, show_installation},
          {"POST", "/app/installations/{}/access_tokens", {Who::app}, make_token},
          {"GET", "/repos/{}/{}/installation", {Who::app}, show_repository_installation},
          {"GET", "/installation/repositories", {Who::installation}, list_repositories},
          {"GET", "/user", {Who::token}, show_self},
          {"GET", "/user/repos", {Who::token}, list_own_repositories},
          {"GET", "/user/{}", {Who::anyone}, show_user_by_id},
          {"GET", "/users/{}", {Who::anyone}, show_user},
          {"GET", "/rate_limit", {Who::anyone}, show_limits}};
}

}  // namespace greenroom::testing::fake
