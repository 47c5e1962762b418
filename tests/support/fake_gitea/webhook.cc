// What the host tells. Shapes and headers: services/webhook/notifier.go and deliver.go of Gitea and Forgejo.

#include "lib/base/hash.h"
#include "tests/support/fake_gitea/render.h"

namespace greenroom::testing::gitea {
namespace {

void tell(State& state, const Repository& repository, const std::string& event, const std::string& type, Id sender,
          Json body) {
  body["repository"] = repository_json(state, repository);
  body["sender"] = user_json(state, sender);
  Webhook webhook{event, body.dump(2), {{"Content-Type", "application/json"}}};
  const Secret secret(state.options.webhook_secret);
  // Without a secret the signatures are there and empty, and GitHub's has its prefix.
  const auto signature = secret.empty() ? std::string() : to_hex(hmac_sha256(secret, webhook.body));
  const std::string id = "f6266f16-1bf3-46a5-9ea4-" + std::to_string(100'000'000'000 + ++state.last_id);
  std::vector<std::string> families{"X-Gitea-", "X-Gogs-", "X-GitHub-"};
  if (state.forgejo()) families.insert(families.begin(), "X-Forgejo-");
  for (const auto& family : families) {
    webhook.headers.emplace_back(family + "Event", event);
    webhook.headers.emplace_back(family + "Event-Type", type);
    webhook.headers.emplace_back(family + "Delivery", id);
    if (family != "X-GitHub-") webhook.headers.emplace_back(family + "Signature", signature);
  }
  webhook.headers.emplace_back("X-Hub-Signature-256", "sha256=" + signature);
  state.webhooks.push_back(std::move(webhook));
}

}  // namespace

void tell_of_issue(State& state, const Repository& repository, const Issue& issue, const std::string& action, Id who) {
  const std::string of = issue.is_pull() ? "pull_request" : "issue";
  Json body{{"action", action}, {"number", issue.number}};
  body[of] = issue.is_pull() ? pull_json(state, repository, issue) : issue_json(state, repository, issue);
  const auto event = issue.is_pull() ? of : "issues";
  tell(state, repository, event, action == "label_updated" ? of + "_label" : event, who, std::move(body));
}

void tell_of_comment(State& state, const Repository& repository, const Issue& issue, const Row& row) {
  tell(state, repository, "issue_comment", issue.is_pull() ? "pull_request_comment" : "issue_comment", row.author,
       {{"action", "created"},
        {"issue", issue_json(state, repository, issue)},
        {"comment", comment_json(state, row)},
        {"is_pull", issue.is_pull()}});
}

void tell_of_review(State& state, const Repository& repository, const Issue& issue, const Review& review) {
  const std::map<std::string, std::string> endings{
      {"COMMENT", "comment"}, {"APPROVED", "approved"}, {"REQUEST_CHANGES", "rejected"}};
  const auto& ending = endings.at(review.state);
  tell(state, repository, "pull_request_" + ending, "pull_request_review_" + ending, review.author,
       {{"action", "reviewed"},
        {"number", issue.number},
        {"pull_request", pull_json(state, repository, issue)},
        {"review", {{"type", "pull_request_review_" + ending}, {"content", review.body}}}});
}

}  // namespace greenroom::testing::gitea
