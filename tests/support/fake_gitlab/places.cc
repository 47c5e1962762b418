// Users, projects, members and branches: docs.gitlab.com, "Users API", "Projects API", "Members API".

#include "tests/support/fake_gitlab/call.h"

namespace greenroom::testing::gitlab {
namespace {

Reply me(Call& call) { return {200, user_json(call.state, call.user), {}}; }

Reply user(Call& call) {
  if (!call.state.users.contains(call.number(0))) refuse(404, "404 User Not Found");
  return {200, user_json(call.state, call.number(0)), {}};
}

Reply projects(Call& call) {
  const bool mine = call.request.query_value("membership") == "true";
  Json list = Json::array();
  for (const auto& [id, project] : call.state.projects) {
    const bool member = project.levels.contains(call.user);
    if (member || (!mine && project.visibility != "private")) list.push_back(project_json(project));
  }
  return paged(call, list);
}

Reply project(Call& call) { return {200, project_json(call.project()), {}}; }

Reply member(Call& call) {
  const auto found = call.project().levels.find(call.number(0));
  if (found == call.project().levels.end() || found->second == Level::none) refuse(404, "404 Not found");
  Json json = user_json(call.state, found->first);
  json["access_level"] = static_cast<int>(found->second);
  return {200, json, {}};
}

}  // namespace

Routes place_routes() {
  return {{"GET", "/user", me},
          {"GET", "/users/{}", user},
          {"GET", "/projects", projects},
          {"GET", "/projects/{}", project},
          {"GET", "/projects/{}/members/all/{}", member}};
}

}  // namespace greenroom::testing::gitlab
