#include "tests/support/fake_gitea/render.h"

#include <algorithm>

namespace greenroom::testing::gitea {
namespace {

// The host's times have whole seconds, in its own zone.
std::string iso(TimePoint time) { return to_rfc3339(time).substr(0, 19) + "Z"; }
Json time_or_null(TimePoint time) { return time == TimePoint() ? Json(nullptr) : Json(iso(time)); }

Json labels_json(const Repository& repository, const std::set<std::string>& names) {
  Json all = Json::array();
  for (const auto& name : names) all.push_back({{"id", repository.labels.at(name)}, {"name", name}});
  return all;
}

Json users_json(const State& state, const std::set<Id>& users) {
  Json all = Json::array();
  for (const auto id : users) all.push_back(user_json(state, id));
  return all;
}

const char* name_of(Row::Type type) {
  switch (type) {
    case Row::Type::comment: return "comment";
    case Row::Type::code: return "code";
    case Row::Type::review: return "review";
    case Row::Type::label: return "label";
    case Row::Type::close: return "close";
    case Row::Type::reopen: return "reopen";
  }
  return "";
}

}  // namespace

Json user_json(const State& state, Id user) {
  if (user == 0) return nullptr;
  const auto found = state.users.find(user);
  if (found == state.users.end()) return {{"id", -1}, {"login", "Ghost"}, {"full_name", ""}};
  return {{"id", user}, {"login", found->second}, {"full_name", ""}, {"username", found->second}};
}

Json repository_json(const State& state, const Repository& repository) {
  return {{"id", repository.id},
          {"name", repository.name},
          {"full_name", repository.full_name()},
          {"owner", user_json(state, repository.owner)},
          {"private", repository.is_private},
          {"default_branch", "main"}};
}

Json issue_json(const State& state, const Repository& repository, const Issue& issue) {
  return {{"id", issue.id},
          {"number", issue.number},
          {"title", issue.title},
          {"body", issue.body},
          {"user", user_json(state, issue.author)},
          {"state", issue.open ? "open" : "closed"},
          {"labels", labels_json(repository, issue.labels)},
          {"assignees", issue.assignees.empty() ? Json(nullptr) : users_json(state, issue.assignees)},
          {"created_at", iso(issue.created)},
          {"updated_at", iso(issue.updated)},
          {"closed_at", time_or_null(issue.closed)},
          {"pull_request", issue.is_pull() ? Json{{"merged", false}} : Json(nullptr)}};
}

Json pull_json(const State& state, const Repository& repository, const Issue& issue) {
  Json pull = issue_json(state, repository, issue);
  pull.erase("pull_request");
  pull["draft"] = false;
  pull["merged"] = false;
  pull["requested_reviewers"] = users_json(state, issue.reviewers);
  pull["head"] = {{"ref", "first"}, {"sha", issue.head_sha}};
  pull["base"] = {{"ref", "main"}, {"sha", std::string(40, 'b')}};
  return pull;
}

Json comment_json(const State& state, const Row& row) {
  return {{"id", row.id},
          {"user", user_json(state, row.author)},
          {"body", row.body},
          {"created_at", iso(row.created)},
          {"updated_at", iso(row.updated)}};
}

Json code_json(const State& state, const Row& row) {
  Json comment = comment_json(state, row);
  comment["resolver"] = user_json(state, row.resolver);
  comment["pull_request_review_id"] = row.review;
  comment["path"] = row.path;
  comment["position"] = std::max<std::int64_t>(row.line, 0);
  comment["original_position"] = std::max<std::int64_t>(-row.line, 0);
  if (state.forgejo()) comment["extra_lines_count"] = row.extra;
  return comment;
}

Json timeline_json(const State& state, const Repository& repository, const Row& row) {
  Json shown = comment_json(state, row);
  shown["type"] = name_of(row.type);
  shown["review_id"] = row.review;
  shown["label"] = row.label.empty() ? Json(nullptr) : labels_json(repository, {row.label})[0];
  return shown;
}

Json review_json(const State& state, const Review& review) {
  const auto of_it = std::ranges::count_if(state.rows, [&](const auto& entry) {
    return entry.second.review == review.id && entry.second.type == Row::Type::code;
  });
  return {{"id", review.id},
          {"user", user_json(state, review.author)},
          {"state", review.state},
          {"body", review.body},
          {"commit_id", review.commit},
          {"comments_count", of_it},
          {"submitted_at", iso(review.updated)},
          {"updated_at", iso(review.updated)}};
}

Json status_json(const Status& status) {
  return {{"id", status.id},
          {"status", status.state},
          {"context", status.context},
          {"description", status.description},
          {"target_url", status.target_url}};
}

}  // namespace greenroom::testing::gitea
