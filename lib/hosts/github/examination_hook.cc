// Where the App's webhook goes, and whether it arrives.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/github/examination.h"

namespace greenroom::hosts::github {
namespace {

constexpr std::size_t kLatest = 20;  // deliveries looked at
constexpr std::int64_t kAnyRepository = 0;

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

// A string in GitHub's examples, a number in its description.
bool is_unverified(const json::Value& config) {
  return json::text(config, "insecure_ssl") == "1" || json::integer(config, "insecure_ssl") == 1;
}

bool was_taken(const json::Value& delivery) {
  const auto code = json::integer(delivery, "status_code");
  return code >= 200 && code < 300;
}

std::vector<json::Value> newest_of(const json::Value& deliveries, std::int64_t repository) {
  std::vector<json::Value> found;
  for (const auto& one : deliveries.is_array() ? deliveries : json::Value::array()) {
    const bool wanted = repository == kAnyRepository || json::integer(one, "repository_id") == repository;
    if (wanted && found.size() < kLatest) found.push_back(one);
  }
  return found;
}

// "issue_comment at 2026-03-02T09:00:00Z"
std::string name_of(const json::Value& delivery) {
  return json::text(delivery, "event") + " at " + json::text(delivery, "delivered_at");
}

std::string advice_for(std::int64_t code) {
  if (code == 401)
    return "was refused for its signature: give the webhook service the App's secret as github.webhook_secret.";
  if (code == 404)
    return "found no hook: set github.webhook_secret for the webhook service, and compare the App's webhook URL.";
  if (code == 0)
    return "reached nobody: see that the webhook URL's name, port and certificate are good from the internet.";
  return "was answered with " + std::to_string(code) +
         ": the webhook service's log, or the proxy's before it, says why.";
}

}  // namespace

void judge_hook(const json::Value& config, const std::string& hook_url, Remarks& remarks) {
  const auto before = remarks.size();
  const auto url = without_slash(json::text(config, "url"));
  if (url.empty())
    remarks.push_back(
        missing("The App has no webhook: set its URL to " + hook_url + " on the App's page, and tick Active."));
  else if (url != without_slash(hook_url))
    remarks.push_back(missing("The App's webhook goes to " + url + ": set it to " + hook_url +
                              " on the App's page, or mend webhook.url here."));
  if (!url.empty() && json::text(config, "content_type") != "json")
    remarks.push_back(missing("The App's webhook does not send JSON: choose the content type application/json."));
  if (!url.empty() && json::text(config, "secret").empty())
    remarks.push_back(
        missing("The App's webhook has no secret, so nothing of it is believed: set one on the App's page, "
                "and the same as github.webhook_secret for the webhook service."));
  if (is_unverified(config))
    remarks.push_back(
        note("GitHub does not verify this webhook's certificate: enable SSL verification on the App's page."));
  if (remarks.size() == before) remarks.push_back(fine("The App's webhook goes to " + hook_url + "."));
}

void judge_deliveries(const json::Value& deliveries, std::int64_t host_repository_id, Remarks& remarks) {
  auto seen = newest_of(deliveries, host_repository_id);
  const bool of_repository = !seen.empty();
  if (!of_repository) seen = newest_of(deliveries, kAnyRepository);
  if (seen.empty())
    return remarks.push_back(note(
        "GitHub has sent nothing lately: if something happened in the last three days, see that the App's webhook is "
        "ticked Active."));
  const auto latest = "The latest delivery" + std::string(of_repository ? " of this repository, " : ", ") +
                      name_of(seen.front()) + ", ";
  if (!was_taken(seen.front()))
    return remarks.push_back(missing(latest + advice_for(json::integer(seen.front(), "status_code"))));
  const auto lost = std::count_if(seen.begin(), seen.end(), [](const auto& one) { return !was_taken(one); });
  if (lost == 0) return remarks.push_back(fine(latest + "arrived."));
  remarks.push_back(note(latest + "arrived; " + std::to_string(lost) + " of the last " + std::to_string(seen.size()) +
                         " did not, and the bot fetches those itself."));
}

}  // namespace greenroom::hosts::github
