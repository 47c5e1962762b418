// The webhook service: faces the network, stores deliveries, answers. It holds webhook secrets and a database role that
// may add deliveries; it never holds a token of a git host.

#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "lib/base/log.h"
#include "lib/config/config.h"
#include "lib/ingress/ingress.h"
#include "lib/pg/query.h"

namespace greenroom::webhook {
namespace {

constexpr std::chrono::seconds kDrain{20};

pg::Options database_of(const config::Config& config) {
  const std::string user = config.text("database.user");
  pg::Options options;
  options.conninfo = config.text("database.conninfo") + " user=" + (user.empty() ? "greenroom_webhook" : user);
  options.password = config.secret("database.password");
  options.application_name = "greenroom-webhook";
  return options;
}

std::map<std::string, std::vector<Secret>> secrets_of(const config::Config& config) {
  std::map<std::string, std::vector<Secret>> secrets;
  for (const char* name : {"local.webhook_secret", "local.webhook_secret_previous"})
    if (Secret secret = config.secret(name); !secret.empty()) secrets["local"].push_back(std::move(secret));
  return secrets;
}

Result<http::ServerOptions> server_options(const config::Config& config) {
  const std::string listen = config.text("webhook.listen");
  const auto colon = listen.rfind(':');
  const int port = colon == std::string::npos ? -1 : std::atoi(listen.c_str() + colon + 1);
  if (port < 0 || port > 65535)
    return user_fault("webhook.listen is an address and a port, for instance 127.0.0.1:8081");
  http::ServerOptions options;
  options.address = listen.substr(0, colon);
  options.port = static_cast<unsigned short>(port);
  options.body_limit = static_cast<std::size_t>(config.integer("webhook.body_limit"));
  return options;
}

int wait_for_the_end() {
  sigset_t endings;
  sigemptyset(&endings);
  sigaddset(&endings, SIGTERM);
  sigaddset(&endings, SIGINT);
  int number = 0;
  sigwait(&endings, &number);
  return number;
}

Result<void> serve(const config::Config& config) {
  GREENROOM_TRY(options, server_options(config));
  store::DeliveryLogOptions log_options;
  log_options.database = database_of(config);
  store::DeliveryLog deliveries(log_options);
  metrics::Registry metrics;
  pg::Pool probes(database_of(config), 1);
  ingress::Ingress ingress({secrets_of(config),
                            [&]() -> Result<void> {
                              GREENROOM_CHECK(probes.run(pg::query("migration/applied")));
                              return {};
                            }},
                           deliveries, metrics);
  GREENROOM_TRY(server,
                http::Server::start(options, [&](http::Request request, std::shared_ptr<http::Responder> responder) {
                  ingress.handle(std::move(request), std::move(responder));
                }));
  const std::string ready = config.text("state.directory") + "/run/webhook.ready";
  std::ofstream(ready) << getpid() << "\n";
  log::info("webhook is ready", {{"port", server->port()}});
  const int number = wait_for_the_end();
  log::info("webhook is draining", {{"signal", number}});
  ingress.drain();
  std::error_code ignored;
  std::filesystem::remove(ready, ignored);
  if (!server->drain(kDrain)) log::warn("webhook ended with requests unanswered");
  return {};
}

int start() {
  log::start("webhook");
  const auto config = config::Config::from_environment();
  if (!config) {
    log::error("configuration", {{"error", config.error()}});
    return 2;
  }
  log::start("webhook", config->text("log.level"));
  const auto served = serve(*config);
  if (served) return 0;
  log::error("webhook cannot start", {{"error", served.error()}});
  return 2;
}

}  // namespace
}  // namespace greenroom::webhook

int main() {
  // Before any thread: all of them leave these two signals to main's sigwait.
  sigset_t endings;
  sigemptyset(&endings);
  sigaddset(&endings, SIGTERM);
  sigaddset(&endings, SIGINT);
  pthread_sigmask(SIG_BLOCK, &endings, nullptr);
  return greenroom::webhook::start();
}
