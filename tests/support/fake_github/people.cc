// Labels, assignees, and those who are asked for a review.

#include <algorithm>

#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/routes.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::string_view kEither = "issues|pull_requests";
constexpr std::size_t kMostAssignees = 10, kLongestLabel = 50;

Reply labels_of(const Call& call, const Issue& issue) {
  Json all = Json::array();
  for (const auto& name : issue.labels) all.push_back(label_json(call.repository(), name));
  return ok(all);
}

Reply list_labels_of(Call& call) { return labels_of(call, find_issue(call, 0, Access::read)); }

Reply list_labels(Call& call) {
  std::vector<Json> all;
  for (const auto& label : call.repository().labels) all.push_back(label_json(call.repository(), label));
  return paged(call, all);
}

Reply add_labels(Call& call) {
  Issue& issue = find_issue(call, 0, Access::write);
  const auto names = texts(call.body, "labels");
  for (const auto& name : names)
    if (name.empty() || characters(name) > kLongestLabel)
      invalid("Label", "name", "name is too long (maximum is 50 characters)");
  bool changed = false;
  for (const auto& name : names)
    changed = label(call.state, call.repository(), issue, call.actor.user, name) || changed;
  if (changed) call.wrote("label.add", issue.number);
  return labels_of(call, issue);
}

Reply remove_label(Call& call) {
  Issue& issue = find_issue(call, 0, Access::write);
  if (!unlabel(call.state, call.repository(), issue, call.actor.user, call.params.at(1)))
    refuse(404, "Label does not exist");
  call.wrote("label.remove", issue.number);
  return labels_of(call, issue);
}

// Whoever has access, or wrote here. The others are dropped without a word.
bool is_assignable(const Call& call, const Issue& issue, Id user) {
  const auto& comments = call.repository().comments;
  return is_collaborator(call.repository(), user) ||
         std::any_of(comments.begin(), comments.end(), [&](const auto& entry) {
           return entry.second.number == issue.number && entry.second.author == user;
         });
}

Reply add_assignees(Call& call) {
  Issue& issue = find_issue(call, 0, Access::write);
  bool changed = false;
  for (const auto& login : texts(call.body, "assignees")) {
    const auto* user = call.state.find_user(login);
    if (user == nullptr || !is_assignable(call, issue, user->id) || issue.assignees.size() >= kMostAssignees) continue;
    changed = assign(call.state, call.repository(), issue, call.actor.user, user->id) || changed;
  }
  if (changed) call.wrote("assignee.add", issue.number);
  return ok(issue_json(call.state, call.repository(), issue), 201);
}

Reply remove_assignees(Call& call) {
  Issue& issue = find_issue(call, 0, Access::write);
  bool changed = false;
  for (const auto& login : texts(call.body, "assignees"))
    if (const auto* user = call.state.find_user(login))
      changed = unassign(call.state, call.repository(), issue, call.actor.user, user->id) || changed;
  if (changed) call.wrote("assignee.remove", issue.number);
  return ok(issue_json(call.state, call.repository(), issue));
}

// All of them, or nobody.
std::vector<Id> reviewers_in(const Call& call, const Issue& issue) {
  std::vector<Id> all;
  for (const auto& login : texts(call.body, "reviewers")) {
    const auto* user = call.state.find_user(login);
    if (user != nullptr && user->id == issue.author)
      refuse(422, "Review cannot be requested from pull request author.");
    if (user == nullptr || !is_collaborator(call.repository(), user->id))
      refuse(422,
             "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not "
             "a collaborator of the " +
                 call.repository().full_name() + " repository.");
    all.push_back(user->id);
  }
  return all;
}

Reply list_reviewers(Call& call) {
  Json users = Json::array();
  for (const Id id : find_pull(call, 0).pull->reviewers) users.push_back(user_json(call.state, id));
  return ok({{"users", users}, {"teams", Json::array()}});
}

Reply add_reviewers(Call& call) {
  Issue& issue = find_pull(call, 0);
  bool changed = false;
  for (const Id id : reviewers_in(call, issue))
    changed = ask_for_review(call.state, call.repository(), issue, call.actor.user, id) || changed;
  if (changed) call.wrote("reviewer.add", issue.number);
  return ok(pull_json(call.state, call.repository(), issue, Detail::listed), 201);
}

Reply remove_reviewers(Call& call) {
  Issue& issue = find_pull(call, 0);
  bool changed = false;
  for (const Id id : reviewers_in(call, issue))
    changed = take_back_review(call.state, call.repository(), issue, call.actor.user, id) || changed;
  if (changed) call.wrote("reviewer.remove", issue.number);
  return ok(pull_json(call.state, call.repository(), issue, Detail::listed));
}

}  // namespace

Routes people_routes() {
  const Needs triage = writes(kEither, Role::triage), review = writes("pull_requests", Role::write);
  return {{"GET", "/repos/{}/{}/labels", reads(kEither), list_labels},
          {"GET", "/repos/{}/{}/issues/{}/labels", reads(kEither), list_labels_of},
          {"POST", "/repos/{}/{}/issues/{}/labels", triage, add_labels},
          {"DELETE", "/repos/{}/{}/issues/{}/labels/{}", triage, remove_label},
          {"POST", "/repos/{}/{}/issues/{}/assignees", triage, add_assignees},
          {"DELETE", "/repos/{}/{}/issues/{}/assignees", triage, remove_assignees},
          {"GET", "/repos/{}/{}/pulls/{}/requested_reviewers", reads("pull_requests"), list_reviewers},
          {"POST", "/repos/{}/{}/pulls/{}/requested_reviewers", review, add_reviewers},
          {"DELETE", "/repos/{}/{}/pulls/{}/requested_reviewers", review, remove_reviewers}};
}

}  // namespace greenroom::testing::fake
