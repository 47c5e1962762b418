#include "lib/hosts/gitea/facts.h"

#include <nlohmann/json.hpp>

#include "lib/base/text.h"

namespace greenroom::hosts::gitea {
namespace {

constexpr std::size_t kLabels = 500;  // no limit of the host's is known

// What a pull request and the issue of its conversation have in common. Neither says whether its author is a member.
model::ChangeFacts common_in(Reader& reader, Reader& faults) {
  model::ChangeFacts change;
  change.number = reader.number("number");
  change.title = reader.text("title", kTitle);
  change.description = reader.text("body", kBody, Presence::optional);
  change.author = account_in(reader, "user", faults);
  return change;
}

}  // namespace

model::Account account_in(Reader& outer, std::string_view member, Reader& faults) {
  Reader reader = outer.object(member);
  model::Account account;
  account.login = reader.text("login", kName);
  account.display_name = reader.text("full_name", kName, Presence::optional);
  const auto name = to_lower_ascii(account.login);
  if (name == "ghost") {
    account.host_account_id = -1;
  } else if (name == "gitea-actions" || name == "forgejo-actions") {
    account.host_account_id = -2;
    account.kind = model::Account::Kind::bot;
  } else {
    account.host_account_id = reader.number("id");
  }
  faults.take_fault(outer);
  faults.take_fault(reader);
  return account;
}

model::RepositoryFacts repository_in(Reader& root) {
  Reader reader = root.object("repository");
  model::RepositoryFacts repository;
  repository.host = "gitea";
  repository.host_repository_id = reader.number("id");
  repository.full_name = reader.text("full_name", kName);
  repository.default_branch = reader.text("default_branch", kTitle, Presence::optional);
  root.take_fault(reader);
  return repository;
}

model::ChangeFacts change_in(Reader& root) {
  Reader reader = root.object("pull_request");
  model::ChangeFacts change = common_in(reader, root);
  change.draft = reader.boolean("draft", Presence::optional);
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
  if (reader.has("labels")) issue.labels = reader.names("labels", kLabels, kName);
  root.take_fault(reader);
  return issue;
}

}  // namespace greenroom::hosts::gitea
