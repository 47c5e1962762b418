// The bot: deliveries to decisions, reviews to effects, effects to git hosts. It holds the hosts' write tokens and
// never touches the code of a change.

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "lib/base/log.h"
#include "lib/config/config.h"
#include "services/bot/bot.h"

namespace greenroom::bot {
namespace {

pg::Options database_of(const config::Config& config) {
  const std::string user = config.text("database.user");
  pg::Options options;
  options.conninfo = config.text("database.conninfo") + " user=" + (user.empty() ? "greenroom_bot" : user);
  options.password = config.secret("database.password");
  options.application_name = "greenroom-bot";
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

// For the fault tests: dies at the named point as the machine would let it die.
CrashPoint crash_point_of(const char* name) {
  if (name == nullptr) return [](std::string_view) {};
  return [wanted = std::string(name)](std::string_view point) {
    if (point == wanted) kill(getpid(), SIGKILL);
  };
}

BotOptions options_of(const config::Config& config) {
  BotOptions options;
  options.database = database_of(config);
  options.redis = redis_of(config);
  options.settings.dashboard_url = config.text("dashboard.url");
  options.settings.marker_key = config.secret("bot.marker_key");
  options.settings.inline_cap = static_cast<int>(config.integer("teaching.inline_cap"));
  if (!config.text("local.git_root").empty()) options.local_bot_login = config.text("local.bot_login");
  options.poll_every = config.seconds("bot.poll_seconds");
  options.crash_point = crash_point_of(std::getenv("GREENROOM_CRASH_AT"));
  return options;
}

bool was_told_to_stop() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1;
}

void await_ending() {
  sigset_t endings;
  sigemptyset(&endings);
  sigaddset(&endings, SIGTERM);
  sigaddset(&endings, SIGINT);
  int number = 0;
  sigwait(&endings, &number);
  log::info("bot.stopping", {{"signal", number}});
}

int serve(const config::Config& config) {
  const auto book = teaching::LessonBook::load(config.text("templates.directory") + "/lessons");
  if (!book) {
    log::error("lessons", {{"error", book.error()}});
    return 2;
  }
  const std::filesystem::path ready = config.text("state.directory") + "/run/bot.ready";
  std::error_code ignored;
  std::filesystem::create_directories(ready.parent_path(), ignored);
  Bot bot(options_of(config), *book);
  if (!bot.start(was_told_to_stop)) return 0;
  std::ofstream(ready) << getpid() << "\n";
  log::info("bot.ready", {{"workers", Bot::kWorkers}, {"lessons", book->all().size()}});
  await_ending();
  bot.stop();
  std::filesystem::remove(ready, ignored);
  return 0;
}

int start() {
  log::start("bot");
  prctl(PR_SET_DUMPABLE, 0);  // its tokens must not be read through /proc by another process of the same user
  const auto config = config::Config::from_environment();
  if (!config) {
    log::error("configuration", {{"error", config.error()}});
    return 2;
  }
  log::start("bot", config->text("log.level"));
  if (config->secret("bot.marker_key").empty()) {
    log::error("bot.marker_key is not set: without it the bot could not tell its own comments from others'");
    return 2;
  }
  return serve(*config);
}

}  // namespace
}  // namespace greenroom::bot

int main() {
  // Before any thread: all of them leave these two signals to main's sigwait.
  sigset_t endings;
  sigemptyset(&endings);
  sigaddset(&endings, SIGTERM);
  sigaddset(&endings, SIGINT);
  pthread_sigmask(SIG_BLOCK, &endings, nullptr);
  return greenroom::bot::start();
}
