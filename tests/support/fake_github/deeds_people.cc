// Labels, assignees and those who are asked for a review.

#include <algorithm>

#include "tests/support/fake_github/deeds.h"
#include "tests/support/fake_github/webhook.h"

namespace greenroom::testing::fake {
namespace {

void tell_with(State& state, Repository& repository, Issue& issue, const std::string& action, Id who, Json members) {
  issue.updated = state.now();
  if (issue.pull) {
    members["number"] = issue.number;
    members["pull_request"] = pull_json(state, repository, issue, Detail::full);
  } else {
    members["issue"] = issue_json(state, repository, issue);
  }
  tell(state, repository, issue.pull ? "pull_request" : "issues", action, who, members);
}

bool add(std::vector<Id>& all, Id one) {
  if (std::find(all.begin(), all.end(), one) != all.end()) return false;
  all.push_back(one);
  return true;
}

// Labels are the same whatever their case; the first one's spelling stays.
const Label& label_named(State& state, Repository& repository, Id who, const std::string& name) {
  for (const auto& label : repository.labels)
    if (lower(label.name) == lower(name)) return label;
  repository.labels.push_back({state.next_id(), name});
  const Label& made = repository.labels.back();
  tell(state, repository, "label", "created", who, {{"label", label_json(repository, made)}});
  return made;
}

}  // namespace

bool label(State& state, Repository& repository, Issue& issue, Id who, const std::string& name) {
  const Label found = label_named(state, repository, who, name);
  if (std::find(issue.labels.begin(), issue.labels.end(), found.name) != issue.labels.end()) return false;
  issue.labels.push_back(found.name);
  tell_with(state, repository, issue, "labeled", who, {{"label", label_json(repository, found)}});
  return true;
}

bool unlabel(State& state, Repository& repository, Issue& issue, Id who, const std::string& name) {
  const auto found = std::find_if(issue.labels.begin(), issue.labels.end(),
                                  [&](const std::string& held) { return lower(held) == lower(name); });
  if (found == issue.labels.end()) return false;
  const Json json = label_json(repository, *found);
  issue.labels.erase(found);
  tell_with(state, repository, issue, "unlabeled", who, {{"label", json}});
  return true;
}

bool assign(State& state, Repository& repository, Issue& issue, Id who, Id assignee) {
  if (!add(issue.assignees, assignee)) return false;
  tell_with(state, repository, issue, "assigned", who, {{"assignee", user_json(state, assignee)}});
  return true;
}

bool unassign(State& state, Repository& repository, Issue& issue, Id who, Id assignee) {
  if (std::erase(issue.assignees, assignee) == 0) return false;
  tell_with(state, repository, issue, "unassigned", who, {{"assignee", user_json(state, assignee)}});
  return true;
}

bool ask_for_review(State& state, Repository& repository, Issue& issue, Id who, Id reviewer) {
  if (!add(issue.pull->reviewers, reviewer)) return false;
  tell_with(state, repository, issue, "review_requested", who, {{"requested_reviewer", user_json(state, reviewer)}});
  return true;
}

bool take_back_review(State& state, Repository& repository, Issue& issue, Id who, Id reviewer) {
  if (std::erase(issue.pull->reviewers, reviewer) == 0) return false;
  tell_with(state, repository, issue, "review_request_removed", who,
            {{"requested_reviewer", user_json(state, reviewer)}});
  return true;
}

}  // namespace greenroom::testing::fake
