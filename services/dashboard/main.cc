// The dashboard: the pages, and the practice host's repositories over HTTP.

#include <sys/prctl.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

#include "lib/base/log.h"
#include "lib/config/config.h"
#include "lib/http/server.h"
#include "lib/web/app.h"
#include "services/dashboard/outbox.h"

namespace greenroom::dashboard {
namespace {

constexpr int kWorkers = 8;  // requests at one time; each may hold one connection to the database
constexpr std::chrono::seconds kPatience{10};

pg::Options database_of(const config::Config& config) {
  const std::string user = config.text("database.user");
  pg::Options options;
  options.conninfo = config.text("database.conninfo") + " user=" + (user.empty() ? "greenroom_dashboard" : user);
  options.password = config.secret("database.password");
  options.application_name = "greenroom-dashboard";
  return options;
}

redis::Options redis_of(const config::Config& config) {
  redis::Options options;
  options.host = config.text("redis.host");
  options.port = static_cast<int>(config.integer("redis.port"));
  options.unix_socket = config.text("redis.socket");
  options.username = config.text("redis.username");
  options.password = config.secret("redis.password");
  return options;
}

web::Settings settings_of(const config::Config& config) {
  web::Settings settings;
  settings.url = config.text("dashboard.url");
  while (settings.url.ends_with('/')) settings.url.pop_back();
  settings.templates_directory = config.text("templates.directory");
  settings.git_root = config.text("local.git_root");
  if (const char* file = std::getenv("GREENROOM_CONFIG")) settings.config_file = file;
  settings.webhook_url = config.text("webhook.url");
  settings.webhook_secret = config.secret("local.webhook_secret");
  settings.redis = redis_of(config);
  return settings;
}

// "127.0.0.1:8080"
Result<http::ServerOptions> server_of(const config::Config& config) {
  const std::string listen = config.text("dashboard.listen");
  const auto colon = listen.rfind(':');
  http::ServerOptions options;
  const char* begin = listen.data() + (colon == std::string::npos ? 0 : colon + 1);
  const auto read = std::from_chars(begin, listen.data() + listen.size(), options.port);
  if (colon == std::string::npos || read.ec != std::errc() || read.ptr != listen.data() + listen.size())
    return user_fault("dashboard.listen is '" + listen + "'; it is an address and a port, as in 127.0.0.1:8080");
  options.address = listen.substr(0, colon);
  options.blocking_threads = kWorkers;
  options.body_limit = 64u << 20;  // a push to the practice host
  options.body_timeout = std::chrono::seconds(60);
  return options;
}

void await_ending() {
  sigset_t endings;
  sigemptyset(&endings);
  sigaddset(&endings, SIGTERM);
  sigaddset(&endings, SIGINT);
  int number = 0;
  sigwait(&endings, &number);
  log::info("dashboard is stopping", {{"signal", number}});
}

int fail(const Error& error) {
  log::error("the dashboard cannot start", {{"error", error}});
  return error.kind == ErrorKind::user_fault ? 2 : 1;
}

int serve(const config::Config& config) {
  const std::filesystem::path ready = config.text("state.directory") + "/run/dashboard.ready";
  pg::Pool pool(database_of(config), kWorkers + 4);  // and the outbox, and live pages
  const auto app = web::App::make(pool, settings_of(config), system_clock());
  if (!app) return fail(app.error());
  const auto options = server_of(config);
  if (!options) return fail(options.error());
  auto server = http::Server::start(*options, [&](http::Request request, std::shared_ptr<http::Responder> responder) {
    (*app)->handle(std::move(request), std::move(responder));
  });
  if (!server) return fail(server.error());
  std::optional<OutboxLoop> outbox;
  if (!config.text("local.git_root").empty())
    outbox.emplace(pool, config.text("webhook.url"), config.secret("local.webhook_secret"));
  std::error_code ignored;
  std::filesystem::create_directories(ready.parent_path(), ignored);
  std::ofstream(ready) << getpid() << "\n";
  log::info("dashboard is ready", {{"port", (*server)->port()}});
  await_ending();
  std::filesystem::remove(ready, ignored);
  (*app)->wind_down();
  if (!(*server)->drain(kPatience)) log::warn("requests were cut off", {{"after_seconds", kPatience.count()}});
  return 0;
}

int start() {
  log::start("dashboard");
  prctl(PR_SET_DUMPABLE, 0);  // what it holds must not be read through /proc by another process of the same user
  const auto config = config::Config::from_environment();
  if (!config) {
    log::error("configuration", {{"error", config.error()}});
    return 2;
  }
  log::start("dashboard", config->text("log.level"));
  return serve(*config);
}

}  // namespace
}  // namespace greenroom::dashboard

int main() {
  // Before any thread: all of them leave these two signals to main's sigwait. A peer that is gone is an error, no end.
  sigset_t endings;
  sigemptyset(&endings);
  sigaddset(&endings, SIGTERM);
  sigaddset(&endings, SIGINT);
  pthread_sigmask(SIG_BLOCK, &endings, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return greenroom::dashboard::start();
}
