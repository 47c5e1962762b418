#include "tests/support/fake_github/webhook.h"

#include "lib/base/hash.h"
#include "lib/json/json.h"

namespace greenroom::testing::fake {
namespace {

// Looks like a GUID, and is the same in every run.
std::string guid_of(Id id) {
  const std::string hex = to_hex(sha256("delivery " + std::to_string(id)));
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20, 12);
}

}  // namespace

void tell(State& state, const Repository& repository, const std::string& event, const std::string& action, Id sender,
          const Json& members) {
  const auto* installation = state.installation_of(repository);
  if (installation == nullptr) return;
  Json body = members;
  if (!action.empty()) body["action"] = action;
  body["repository"] = repository_json(state, repository);
  body["sender"] = user_json(state, sender);
  body["installation"] = {{"id", installation->id}, {"node_id", node_id("MDIz", installation->id)}};
  Webhook webhook;
  webhook.id = state.next_id();
  webhook.repository = repository.id;
  webhook.guid = guid_of(webhook.id);
  webhook.event = event;
  webhook.action = action;
  webhook.body = json::dump(body);
  webhook.at = state.now();
  webhook.status = state.webhook_status;
  const auto signature = to_hex(hmac_sha256(Secret(state.options.webhook_secret), webhook.body));
  webhook.headers = {{"Accept", "*/*"},
                     {"Content-Type", "application/json"},
                     {"User-Agent", "GitHub-Hookshot/0a1b2c3"},
                     {"X-GitHub-Delivery", webhook.guid},
                     {"X-GitHub-Event", event},
                     {"X-GitHub-Hook-Installation-Target-ID", std::to_string(state.options.app_id)},
                     {"X-GitHub-Hook-Installation-Target-Type", "integration"},
                     {"X-Hub-Signature-256", "sha256=" + signature}};
  state.webhooks.push_back(std::move(webhook));
}

void tell_again(State& state, Webhook webhook) {
  webhook.id = state.next_id();
  webhook.at = state.now();
  webhook.status = state.webhook_status;
  webhook.redelivery = true;
  state.webhooks.push_back(std::move(webhook));
}

}  // namespace greenroom::testing::fake
