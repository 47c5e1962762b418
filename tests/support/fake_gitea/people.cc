#include "tests/support/fake_gitea/call.h"

namespace greenroom::testing::gitea {
namespace {

std::string label_named(const Call& call, Id id) {
  for (const auto& [name, label] : call.repository().labels)
    if (label == id) return name;
  refuse(404, "label does not exist");
}

Json label_json(const std::string& name, Id id) { return {{"id", id}, {"name", name}}; }

Reply labels(Call& call) {
  std::vector<Json> all;
  for (const auto& [name, id] : call.repository().labels) all.push_back(label_json(name, id));
  return linked(call, all);
}

Reply no_organisation(Call&) { refuse(404, "user redirect does not exist"); }

Reply add_label(Call& call) {
  call.needs(Role::write);
  const auto name = text(call.body, "name");
  if (name.empty() || text(call.body, "color").empty()) refuse(422, "[Color]: Required");
  call.repository().labels[name] = ++call.state.last_id;
  call.wrote("label.create");
  return ok(label_json(name, call.state.last_id), 201);
}

Reply labels_of_issue(Call& call) {
  std::vector<Json> all;
  for (const auto& name : call.issue(0).labels) all.push_back(label_json(name, call.repository().labels.at(name)));
  return whole(call, all);
}

Reply label_issue(Call& call) {
  call.needs(Role::write);
  Issue& issue = call.issue(0);
  for (const auto& id : call.body.value("labels", Json::array())) {
    if (!id.is_number_integer()) refuse(422, "labels go by their numbers");
    const auto name = label_named(call, id);
    if (issue.labels.contains(name)) continue;
    put_label(call.state, call.repository(), issue, call.user, name, true);
    call.wrote("label.add");
  }
  return labels_of_issue(call);
}

Reply unlabel_issue(Call& call) {
  call.needs(Role::write);
  Issue& issue = call.issue(0);
  const auto name = label_named(call, call.number(1));
  if (issue.labels.contains(name)) {
    put_label(call.state, call.repository(), issue, call.user, name, false);
    call.wrote("label.remove");
  }
  return no_content();
}

Id account_in(const Call& call, const Json& login) {
  for (const auto& [id, name] : call.state.users)
    if (name == login && role_of(call.repository(), id) != Role::none) return id;
  refuse(422, "Assignee does not exist: [name: " + login.get<std::string>() + "]");
}

// All of them at once: who is not named is taken off.
Reply edit_issue(Call& call) {
  call.needs(Role::write);
  Issue& issue = call.issue(0);
  std::set<Id> wanted;
  for (const auto& login : call.body.value("assignees", Json::array())) wanted.insert(account_in(call, login));
  issue.assignees = wanted;
  call.wrote("assign");
  return ok(issue_json(call.state, call.repository(), issue), 201);
}

Reply ask_for_review(Call& call) {
  Issue& pull = call.pull(0);
  for (const auto& login : call.body.value("reviewers", Json::array())) {
    const Id id = account_in(call, login);
    if (id == pull.author) refuse(422, "poster of pr can't be reviewer");
    pull.reviewers.insert(id);
  }
  call.wrote("ask for review");
  return ok(Json::array(), 201);
}

}  // namespace

Routes people_routes() {
  return {{"GET", "/repos/{}/{}/labels", labels},
          {"POST", "/repos/{}/{}/labels", add_label},
          {"GET", "/orgs/{}/labels", no_organisation},
          {"GET", "/repos/{}/{}/issues/{}/labels", labels_of_issue},
          {"POST", "/repos/{}/{}/issues/{}/labels", label_issue},
          {"DELETE", "/repos/{}/{}/issues/{}/labels/{}", unlabel_issue},
          {"PATCH", "/repos/{}/{}/issues/{}", edit_issue},
          {"POST", "/repos/{}/{}/pulls/{}/requested_reviewers", ask_for_review}};
}

}  // namespace greenroom::testing::gitea
