// What the App was told: docs.github.com, "GitHub App webhooks". Newest first, for three days, by a cursor.

#include <algorithm>

#include "lib/json/json.h"
#include "tests/support/fake_github/routes.h"
#include "tests/support/fake_github/webhook.h"

namespace greenroom::testing::fake {
namespace {

constexpr std::chrono::hours kKept{72};
constexpr std::int64_t kUsual = 30, kMost = 100;

std::string words_of_status(int status) {
  if (status == 0) return "failed to connect to host";
  return status < 300 ? "OK" : "Invalid HTTP Response: " + std::to_string(status);
}

Json delivery_json(const State& state, const Webhook& webhook) {
  const auto* installation = state.installation_of(state.repository(webhook.repository));
  return {{"id", webhook.id},
          {"guid", webhook.guid},
          {"delivered_at", iso(webhook.at)},
          {"redelivery", webhook.redelivery},
          {"duration", 0.27},
          {"status", words_of_status(webhook.status)},
          {"status_code", webhook.status},
          {"event", webhook.event},
          {"action", webhook.action.empty() ? Json() : Json(webhook.action)},
          {"installation_id", installation == nullptr ? Json() : Json(installation->id)},
          {"repository_id", webhook.repository},
          {"throttled_at", nullptr}};
}

std::int64_t asked(const Call& call, std::string_view name, std::int64_t otherwise) {
  const std::string given = call.request.query_value(name);
  if (given.empty()) return otherwise;
  if (given.find_first_not_of("0123456789") != std::string::npos || given.size() > 18)
    refuse(422, "Invalid '" + std::string(name) + "'");
  return std::stoll(given);
}

// The cursor is the id of the first delivery of the page.
Reply list(Call& call) {
  const auto cursor = asked(call, "cursor", std::numeric_limits<Id>::max());
  const auto size = std::clamp<std::int64_t>(asked(call, "per_page", kUsual), 1, kMost);
  Json page = Json::array();
  Id next = 0;
  const auto& all = call.state.webhooks;
  for (auto webhook = all.rbegin(); webhook != all.rend(); ++webhook) {
    if (webhook->id > cursor || webhook->id >= call.hide_from || webhook->at + kKept < call.state.now()) continue;
    if (static_cast<std::int64_t>(page.size()) == size) {
      next = webhook->id;
      break;
    }
    page.push_back(delivery_json(call.state, *webhook));
  }
  Reply reply = ok(page);
  if (next != 0)
    reply.headers.emplace_back("Link", "<" + call.state.url + "/app/hook/deliveries?per_page=" + std::to_string(size) +
                                           "&cursor=" + std::to_string(next) + ">; rel=\"next\"");
  return reply;
}

const Webhook& find(const Call& call) {
  const Id id = call.number(0);
  for (const auto& webhook : call.state.webhooks)
    if (webhook.id == id && webhook.at + kKept >= call.state.now()) return webhook;
  refuse(404, "Not Found");
}

Reply show(Call& call) {
  const Webhook& webhook = find(call);
  Json json = delivery_json(call.state, webhook);
  Json headers = Json::object();
  for (const auto& [name, value] : webhook.headers) headers[name] = value;
  json["request"] = {{"headers", headers}, {"payload", Json::parse(webhook.body)}};
  json["response"] = {{"headers", Json::object()}, {"payload", ""}};
  return ok(json);
}

Reply again(Call& call) {
  tell_again(call.state, find(call));
  return ok(Json::object(), 202);
}

}  // namespace

Routes delivery_routes() {
  const Needs app{Needs::Who::app};
  return {{"GET", "/app/hook/deliveries", app, list},
          {"GET", "/app/hook/deliveries/{}", app, show},
          {"POST", "/app/hook/deliveries/{}/attempts", app, again}};
}

}  // namespace greenroom::testing::fake
