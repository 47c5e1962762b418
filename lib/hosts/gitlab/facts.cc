#include "lib/hosts/gitlab/facts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace greenroom::hosts::gitlab {
namespace {

// Tokens of projects and groups act through an account of their own: "project_7_bot", "group_7_bot_a1b2". No payload
// says it otherwise.
bool is_bots(std::string_view username) {
  for (const std::string_view prefix : {"project_", "group_"}) {
    if (!username.starts_with(prefix)) continue;
    auto rest = username.substr(prefix.size());
    const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    rest.remove_prefix(digits);
    return digits > 0 && (rest == "_bot" || rest.starts_with("_bot_"));
  }
  return false;
}

// A webhook names an author by id alone; the one who acts, and stands there whole, is often the same.
model::Account author_in(Reader& reader, Reader& root) {
  if (reader.has("author")) return account_in(reader, "author", root);
  model::Account author;
  author.host_account_id = reader.number("author_id");
  if (!root.has("user")) return author;
  const auto actor = account_in(root, "user", root);
  return actor.host_account_id == author.host_account_id ? actor : author;
}

}  // namespace

TimePoint time_in(Reader& reader, std::string_view member) {
  auto text = reader.text(member, 64);
  constexpr std::string_view kUtc = " UTC";
  if (text.ends_with(kUtc)) text.replace(text.size() - kUtc.size(), kUtc.size(), "+00");
  const auto at = parse_time(text);
  if (!at) reader.refuse(member, "is not a time");
  return std::chrono::floor<std::chrono::seconds>(at.value_or(TimePoint()));
}

model::Account account_in(Reader& outer, std::string_view member, Reader& faults) {
  Reader reader = outer.object(member);
  model::Account account;
  account.host_account_id = reader.number("id");
  account.login = reader.text("username", kName);
  account.display_name = reader.text("name", kTitle, Presence::optional);
  account.kind = is_bots(account.login) ? model::Account::Kind::bot : model::Account::Kind::person;
  faults.take_fault(outer);
  faults.take_fault(reader);
  return account;
}

model::RepositoryFacts repository_in(Reader& root) {
  Reader reader = root.object("project");
  model::RepositoryFacts repository;
  repository.host = "gitlab";
  repository.host_repository_id = reader.number("id");
  repository.full_name = reader.text("path_with_namespace", kTitle);
  repository.default_branch = reader.text("default_branch", kTitle, Presence::optional);  // none while it is empty
  root.take_fault(reader);
  return repository;
}

model::ChangeFacts change_in(Reader& root, std::string_view member) {
  Reader reader = root.object(member);
  model::ChangeFacts change;
  change.number = reader.number("iid");
  change.title = reader.text("title", kTitle);
  change.description = reader.text("description", kBody, Presence::optional);
  change.head_ref = reader.text("source_branch", kTitle);
  change.base_ref = reader.text("target_branch", kTitle);
  change.draft = reader.boolean(reader.has("draft") ? "draft" : "work_in_progress", Presence::optional);
  if (reader.has("last_commit")) {
    Reader commit = reader.object("last_commit");
    change.head_sha = commit.sha("id");
    root.take_fault(commit);
  } else if (reader.has("sha")) {
    change.head_sha = reader.sha("sha");
  }
  change.author = author_in(reader, root);
  root.take_fault(reader);
  return change;
}

model::IssueFacts issue_in(Reader& root, std::string_view member) {
  Reader reader = root.object(member);
  model::IssueFacts issue;
  issue.number = reader.number("iid");
  issue.title = reader.text("title", kTitle);
  issue.description = reader.text("description", kBody, Presence::optional);
  if (reader.has("labels")) issue.labels = reader.names("labels", kLabels, kName, "title");
  issue.author = author_in(reader, root);
  root.take_fault(reader);
  return issue;
}

}  // namespace greenroom::hosts::gitlab
