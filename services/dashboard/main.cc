// The dashboard: the pages, and the practice host's repositories over HTTP.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>

#include "lib/base/log.h"
#include "lib/service/service.h"
#include "lib/web/app.h"
#include "services/dashboard/outbox.h"

namespace greenroom::dashboard {
namespace {

constexpr std::string_view kName = "dashboard";
constexpr int kWorkers = 8;  // requests at one time; each may hold one connection to the database
constexpr std::chrono::seconds kPatience{10};

web::Settings settings_of(const config::Config& config) {
  web::Settings settings;
  settings.url = config.text("dashboard.url");
  while (settings.url.ends_with('/')) settings.url.pop_back();
  settings.templates_directory = config.text("templates.directory");
  settings.git_root = config.text("local.git_root");
  if (const char* file = std::getenv("GREENROOM_CONFIG")) settings.config_file = file;
  settings.webhook_url = config.text("webhook.url");
  settings.github_web_url = config.text("github.web_url");
  settings.webhook_secret = config.secret("local.webhook_secret");
  settings.redis = service::redis_of(config);
  settings.approval_required = config.text("approval.required");
  settings.tries_per_hour = static_cast<int>(config.integer("practice.tries_per_hour"));
  settings.keep_tries_hours = static_cast<int>(std::max<std::int64_t>(1, config.integer("practice.keep_hours")));
  return settings;
}

Result<http::ServerOptions> server_of(const config::Config& config) {
  GREENROOM_TRY(options, service::listen_at(config, "dashboard.listen"));
  options.blocking_threads = kWorkers;
  options.body_limit = 64u << 20;  // a push to the practice host
  options.body_timeout = std::chrono::seconds(60);
  options.at_once = web::App::answer_at_once;
  return options;
}

Result<void> serve(const config::Config& config) {
  pg::Pool pool(service::database_of(config, kName), kWorkers + 4);  // and the outbox, and live pages
  GREENROOM_TRY(app, web::App::make(pool, settings_of(config), system_clock()));
  GREENROOM_TRY(options, server_of(config));
  GREENROOM_TRY(server,
                http::Server::start(options, [&](http::Request request, std::shared_ptr<http::Responder> responder) {
                  app->handle(std::move(request), std::move(responder));
                }));
  std::optional<OutboxLoop> outbox;
  if (!config.text("local.git_root").empty())
    outbox.emplace(pool, config.text("webhook.url"), config.secret("local.webhook_secret"));
  {
    GREENROOM_TRY(ready, service::ReadyFile::make(config, kName));
    log::info("dashboard is ready", {{"port", server->port()}});
    service::await_ending();
  }
  app->wind_down();
  if (!server->drain(kPatience)) log::warn("requests were cut off", {{"after_seconds", kPatience.count()}});
  return {};
}

}  // namespace
}  // namespace greenroom::dashboard

int main() { return greenroom::service::run(greenroom::dashboard::kName, greenroom::dashboard::serve); }
