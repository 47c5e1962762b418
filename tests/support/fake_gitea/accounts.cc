#include <algorithm>

#include "tests/support/fake_gitea/call.h"

namespace greenroom::testing::gitea {
namespace {

Reply version(Call& call) {
  const auto& said = call.state.options.version;
  if (!said.empty()) return ok({{"version", said}});
  return ok({{"version", call.state.forgejo() ? "16.0.0+gitea-1.22.0" : "1.26.0"}});
}

Reply myself(Call& call) { return ok(user_json(call.state, call.user)); }

Reply search_users(Call& call) {
  Json found = Json::array();
  for (const auto& [id, login] : call.state.users)
    if (std::to_string(id) == call.request.query_value("uid")) found.push_back(user_json(call.state, id));
  return ok({{"ok", true}, {"data", found}});
}

Reply my_repositories(Call& call) {
  std::vector<Json> all;
  for (const auto& [id, one] : call.state.repositories)
    if (one.owner == call.user || one.roles.contains(call.user)) all.push_back(repository_json(call.state, one));
  return linked(call, all);
}

Reply repository_by_id(Call& call) {
  const auto found = call.state.repositories.find(call.number(0));
  if (found == call.state.repositories.end() || role_of(found->second, call.user) == Role::none)
    refuse(404, "The target couldn't be found.");
  return ok(repository_json(call.state, found->second));
}

// Only administrators of the repository may ask about others.
Reply permission(Call& call) {
  const auto& login = call.params.at(0);
  const auto found = std::ranges::find_if(call.state.users, [&](const auto& user) { return user.second == login; });
  if (found == call.state.users.end()) refuse(404, "user does not exist");
  if (found->first != call.user && role_of(call.repository(), call.user) != Role::admin)
    refuse(403, "Only admins can query all permissions, repo admins can query all repo permissions");
  const auto role = role_of(call.repository(), found->first);
  const char* words[] = {"none", "read", "write", "admin"};
  const bool owner = found->first == call.repository().owner;
  return ok({{"permission", owner ? "owner" : words[static_cast<int>(role)]},
             {"role_name", ""},
             {"user", user_json(call.state, found->first)}});
}

Reply statuses(Call& call) {
  std::vector<Json> all;
  for (auto one = call.repository().statuses.rbegin(); one != call.repository().statuses.rend(); ++one)
    if (one->sha == call.params.at(0)) all.push_back(status_json(*one));
  return linked(call, all);
}

Reply add_status(Call& call) {
  call.needs(Role::write);
  const std::set<std::string> states{"pending", "success", "error", "failure", "warning"};
  if (!states.contains(text(call.body, "state"))) refuse(422, "invalid state");
  Status status{++call.state.last_id,           call.params.at(0),
                text(call.body, "context"),     text(call.body, "state"),
                text(call.body, "description"), text(call.body, "target_url")};
  call.repository().statuses.push_back(status);
  call.wrote("status");
  return ok(status_json(status), 201);
}

}  // namespace

Routes account_routes() {
  return {{"GET", "/version", version},
          {"GET", "/user", myself},
          {"GET", "/users/search", search_users},
          {"GET", "/user/repos", my_repositories},
          {"GET", "/repositories/{}", repository_by_id},
          {"GET", "/repos/{}/{}/collaborators/{}/permission", permission},
          {"GET", "/repos/{}/{}/statuses/{}", statuses},
          {"POST", "/repos/{}/{}/statuses/{}", add_status}};
}

}  // namespace greenroom::testing::gitea
