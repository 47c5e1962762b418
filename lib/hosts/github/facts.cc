#include "lib/hosts/github/facts.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace greenroom::hosts::github {
namespace {

constexpr std::size_t kLabels = 100;  // GitHub's own limit of one issue

bool is_trusted(const std::string& association) {
  constexpr std::array<std::string_view, 3> kTrusted{"OWNER", "MEMBER", "COLLABORATOR"};
  return std::find(kTrusted.begin(), kTrusted.end(), association) != kTrusted.end();
}

// What a pull request and the issue of its conversation have in common.
model::ChangeFacts common_in(Reader& reader, Reader& faults) {
  model::ChangeFacts change;
  change.number = reader.number("number");
  change.title = reader.text("title", kTitle);
  change.description = reader.text("body", kBody, Presence::optional);
  change.author = account_in(reader, "user", faults);
  change.draft = reader.boolean("draft", Presence::optional);
  change.trusted_author = is_trusted(reader.text("author_association", kName, Presence::optional));
  return change;
}

}  // namespace

model::Account account_in(Reader& outer, std::string_view member, Reader& faults) {
  if (!outer.has(member)) return {10137, "ghost", "", model::Account::Kind::person};
  Reader reader = outer.object(member);
  model::Account account;
  account.host_account_id = reader.number("id");
  account.login = reader.text("login", kName);
  const bool is_bot = reader.text("type", kName, Presence::optional) == "Bot";
  account.kind = is_bot ? model::Account::Kind::bot : model::Account::Kind::person;
  faults.take_fault(outer);
  faults.take_fault(reader);
  return account;
}

model::RepositoryFacts repository_in(Reader& root) {
  Reader reader = root.object("repository");
  model::RepositoryFacts repository;
  repository.host = "github";
  repository.host_repository_id = reader.number("id");
  repository.full_name = reader.text("full_name", kName);
  repository.default_branch = reader.text("default_branch", kTitle);
  root.take_fault(reader);
  return repository;
}

model::ChangeFacts change_in(Reader& root, std::string_view member) {
  Reader reader = root.object(member);
  model::ChangeFacts change = common_in(reader, root);
  Reader head = reader.object("head"), base = reader.object("base");
  change.head_ref = head.text("ref", kTitle);
  change.head_sha = head.sha("sha");
  change.base_ref = base.text("ref", kTitle);
  change.base_sha = base.sha("sha");
  for (const Reader* inner : {&reader, &head, &base}) root.take_fault(*inner);
  return change;
}

model::ChangeFacts change_in_issue(Reader& root) {
  Reader reader = root.object("issue");
  model::ChangeFacts change = common_in(reader, root);
  root.take_fault(reader);
  return change;
}

model::IssueFacts issue_in(Reader& root) {
  Reader reader = root.object("issue");
  model::IssueFacts issue;
  issue.number = reader.number("number");
  issue.title = reader.text("title", kTitle);
  issue.description = reader.text("body", kBody, Presence::optional);
  issue.author = account_in(reader, "user", root);
  issue.labels = reader.names("labels", kLabels, kName);
  root.take_fault(reader);
  return issue;
}

}  // namespace greenroom::hosts::github
