// The webhook service: faces the network, stores deliveries, answers. It holds webhook secrets and a database role that
// may add deliveries; it never holds a token of a git host.

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/log.h"
#include "lib/hosts/hosts.h"
#include "lib/ingress/ingress.h"
#include "lib/service/probes.h"
#include "lib/service/service.h"
#include "services/webhook/secret_watch.h"

namespace greenroom::webhook {
namespace {

constexpr std::string_view kName = "webhook";
constexpr std::chrono::seconds kDrain{20};

std::map<std::string, std::vector<Secret>> secrets_of(const config::Config& config) {
  std::map<std::string, std::vector<Secret>> secrets;
  for (const auto& host : hosts::host_names())
    for (const auto& name : {host + ".webhook_secret", host + ".webhook_secret_previous"})
      if (Secret secret = config.secret(name); !secret.empty()) secrets[host].push_back(std::move(secret));
  return secrets;
}

// nullopt: no App can be made in the browser, or GitHub's secret is in the configuration.
Result<std::optional<BoxKeys>> seal_keys_of(const config::Config& config) {
  const auto words = config.secret("webhook.seal_key");
  if (words.empty() || !config.secret("github.webhook_secret").empty()) return std::optional<BoxKeys>();
  auto keys = box_keys_of(words);
  if (!keys) return pass(std::move(keys).error(), "webhook.seal_key");
  return std::optional(std::move(*keys));
}

Result<void> serve(const config::Config& config) {
  GREENROOM_TRY(options, service::listen_at(config, "webhook.listen"));
  options.body_limit = static_cast<std::size_t>(config.integer("webhook.body_limit"));
  store::DeliveryLogOptions log_options;
  log_options.database = service::database_of(config, kName);
  store::DeliveryLog deliveries(log_options);
  metrics::Registry metrics;
  service::DatabaseProbe database(log_options.database);
  ingress::Ingress ingress({secrets_of(config), [&] { return database.hindrance(); }}, deliveries, metrics);
  GREENROOM_TRY(keys, seal_keys_of(config));
  GREENROOM_TRY(server,
                http::Server::start(options, [&](http::Request request, std::shared_ptr<http::Responder> responder) {
                  ingress.handle(std::move(request), std::move(responder));
                }));
  {
    GREENROOM_TRY(ready, service::ReadyFile::make(config, kName));
    std::optional<SecretWatch> watch;
    if (keys) watch.emplace(ingress, log_options.database, std::move(*keys));
    log::info("webhook is ready", {{"port", server->port()}});
    service::await_ending();
  }
  ingress.drain();
  if (!server->drain(kDrain)) log::warn("webhook ended with requests unanswered");
  return {};
}

}  // namespace
}  // namespace greenroom::webhook

int main() { return greenroom::service::run(greenroom::webhook::kName, greenroom::webhook::serve); }
