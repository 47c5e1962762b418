#include "tests/support/fake_github/render.h"

#include <algorithm>

#include "tests/support/fake_github/diff.h"

namespace greenroom::testing::fake {
namespace {

std::string api(const State& state, const Repository& repository, const std::string& rest) {
  return state.url + "/repos/" + repository.full_name() + rest;
}

std::string page(const Repository& repository, const std::string& rest) {
  return "https://github.com/" + repository.full_name() + rest;
}

std::string_view type_of(const User& user) {
  if (user.type == User::Type::bot) return "Bot";
  return user.type == User::Type::organisation ? "Organization" : "User";
}

std::string association(const Repository& repository, Id user) {
  if (user == repository.owner) return "OWNER";
  if (is_collaborator(repository, user)) return "COLLABORATOR";
  for (const auto& [number, issue] : repository.issues)
    if (issue.author == user && issue.pull && issue.pull->merged) return "CONTRIBUTOR";
  return "NONE";
}

Json users_json(const State& state, const std::vector<Id>& users) {
  Json all = Json::array();
  for (const Id user : users) all.push_back(user_json(state, user));
  return all;
}

Json labels_json(const Repository& repository, const std::vector<std::string>& names) {
  Json all = Json::array();
  for (const auto& name : names) all.push_back(label_json(repository, name));
  return all;
}

// What a change has both as an issue and as a pull.
Json common_json(const State& state, const Repository& repository, const Issue& issue) {
  return {{"id", issue.id},
          {"number", issue.number},
          {"title", issue.title},
          {"body", issue.body.empty() ? Json() : Json(issue.body)},
          {"state", issue.open ? "open" : "closed"},
          {"locked", false},
          {"user", user_json(state, issue.author)},
          {"author_association", association(repository, issue.author)},
          {"labels", labels_json(repository, issue.labels)},
          {"assignees", users_json(state, issue.assignees)},
          {"assignee", issue.assignees.empty() ? Json() : user_json(state, issue.assignees.front())},
          {"milestone", nullptr},
          {"created_at", iso(issue.created)},
          {"updated_at", iso(issue.updated)},
          {"closed_at", issue.open ? Json() : time_or_null(issue.closed)}};
}

Json side_json(const State& state, const Repository& repository, const std::string& ref, const std::string& sha,
               Id owner) {
  const std::string login = state.user(owner).login;
  return {{"label", login + ":" + ref},
          {"ref", ref},
          {"sha", sha},
          {"user", user_json(state, owner)},
          {"repo", repository_json(state, repository)}};
}

}  // namespace

std::string iso(TimePoint time) { return to_rfc3339(time).substr(0, 19) + "Z"; }
Json time_or_null(TimePoint time) { return time == TimePoint{} ? Json() : Json(iso(time)); }
std::string node_id(std::string_view kind, Id id) { return std::string(kind) + "_" + std::to_string(id); }

std::string slug_login(const State& state, const User& user) {
  return user.type == User::Type::bot && user.id == state.options.bot_id ? state.options.app_slug : user.login;
}

std::string base_sha_of(const Repository& repository, const Pull& pull) {
  const auto found = repository.branches.find(pull.base_ref);
  return found == repository.branches.end() ? "" : found->second;
}

Json user_json(const State& state, Id id) {
  const User& user = state.user(id);
  return {{"login", user.login},
          {"id", user.id},
          {"node_id", node_id(user.type == User::Type::bot ? "BOT" : "U", user.id)},
          {"type", type_of(user)},
          {"site_admin", false},
          {"url", state.url + "/users/" + user.login},
          {"html_url", "https://github.com/" + slug_login(state, user)}};
}

Json repository_json(const State& state, const Repository& repository) {
  return {{"id", repository.id},
          {"node_id", node_id("R", repository.id)},
          {"name", repository.name},
          {"full_name", repository.full_name()},
          {"private", repository.is_private},
          {"visibility", repository.is_private ? "private" : "public"},
          {"owner", user_json(state, repository.owner)},
          {"html_url", page(repository, "")},
          {"clone_url", page(repository, ".git")},
          {"url", api(state, repository, "")},
          {"fork", false},
          {"archived", false},
          {"disabled", false},
          {"default_branch", repository.default_branch}};
}

Json app_json(const State& state) {
  return {{"id", state.options.app_id},
          {"slug", state.options.app_slug},
          {"node_id", node_id("A", state.options.app_id)},
          {"name", state.options.app_slug},
          {"html_url", "https://github.com/apps/" + state.options.app_slug}};
}

Json installation_json(const State& state, const Installation& installation) {
  return {
      {"id", installation.id},
      {"app_id", state.options.app_id},
      {"app_slug", state.options.app_slug},
      {"account", user_json(state, installation.account)},
      {"target_id", installation.account},
      {"target_type", type_of(state.user(installation.account))},
      {"repository_selection", installation.repositories.empty() ? "all" : "selected"},
      {"permissions", installation.permissions},
      {"suspended_at", nullptr},
      {"access_tokens_url", state.url + "/app/installations/" + std::to_string(installation.id) + "/access_tokens"}};
}

Json label_json(const Repository& repository, const Label& label) {
  return {{"id", label.id},
          {"node_id", node_id("LA", label.id)},
          {"name", label.name},
          {"color", "ededed"},
          {"default", false},
          {"description", nullptr},
          {"url", "https://api.github.com/repos/" + repository.full_name() + "/labels/" + label.name}};
}

Json label_json(const Repository& repository, const std::string& name) {
  for (const auto& label : repository.labels)
    if (label.name == name) return label_json(repository, label);
  return {{"name", name}};
}

Json issue_json(const State& state, const Repository& repository, const Issue& issue) {
  Json json = common_json(state, repository, issue);
  const std::string number = std::to_string(issue.number);
  json["node_id"] = node_id(issue.pull ? "PR" : "I", issue.id);
  json["url"] = api(state, repository, "/issues/" + number);
  json["html_url"] = page(repository, (issue.pull ? "/pull/" : "/issues/") + number);
  json["repository_url"] = api(state, repository, "");
  json["reactions"] = reactions_summary(issue.reactions);
  json["comments"] = std::count_if(repository.comments.begin(), repository.comments.end(), [&](const auto& entry) {
    return entry.second.kind == Comment::Kind::conversation && entry.second.number == issue.number;
  });
  if (!issue.pull) return json;
  json["draft"] = issue.pull->draft;
  json["pull_request"] = {{"url", api(state, repository, "/pulls/" + number)},
                          {"html_url", page(repository, "/pull/" + number)},
                          {"merged_at", issue.pull->merged ? time_or_null(issue.closed) : Json()}};
  return json;
}

Json pull_json(const State& state, const Repository& repository, const Issue& issue, Detail detail) {
  Json json = common_json(state, repository, issue);
  const Pull& pull = *issue.pull;
  const std::string number = std::to_string(issue.number);
  json["node_id"] = node_id("PR", issue.id);
  json["url"] = api(state, repository, "/pulls/" + number);
  json["issue_url"] = api(state, repository, "/issues/" + number);
  json["html_url"] = page(repository, "/pull/" + number);
  json["draft"] = pull.draft;
  json["head"] =
      side_json(state, repository, pull.head_ref, pull.head_sha, pull.from_fork ? issue.author : repository.owner);
  json["base"] = side_json(state, repository, pull.base_ref, base_sha_of(repository, pull), repository.owner);
  if (pull.from_fork) json["head"]["repo"]["fork"] = true;
  json["requested_reviewers"] = users_json(state, pull.reviewers);
  json["requested_teams"] = Json::array();
  json["merged_at"] = pull.merged ? time_or_null(issue.closed) : Json();
  json["merge_commit_sha"] = nullptr;
  if (detail == Detail::listed) return json;
  json["merged"] = pull.merged;
  json["mergeable"] = issue.open ? Json(true) : Json();
  int added = 0, removed = 0;
  const auto changes = changes_of(repository, base_sha_of(repository, pull), pull.head_sha);
  for (const auto& change : changes) {
    added += change.count('+');
    removed += change.count('-');
  }
  json["additions"] = added;
  json["deletions"] = removed;
  json["changed_files"] = changes.size();
  json["commits"] = commits_between(repository, base_sha_of(repository, pull), pull.head_sha).size();
  return json;
}

}  // namespace greenroom::testing::fake
