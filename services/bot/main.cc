// The bot: deliveries to decisions, reviews to effects, effects to git hosts. It holds the hosts' write tokens and
// never touches the code of a change.

#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "lib/base/log.h"
#include "lib/service/service.h"
#include "services/bot/bot.h"

namespace greenroom::bot {
namespace {

constexpr std::string_view kName = "bot";

// For the fault tests: dies at the named point as the machine would let it die.
CrashPoint crash_point_of(const char* name) {
  if (name == nullptr) return [](std::string_view) {};
  return [wanted = std::string(name)](std::string_view point) {
    if (point == wanted) kill(getpid(), SIGKILL);
  };
}

BotOptions options_of(const config::Config& config) {
  BotOptions options;
  options.database = service::database_of(config, kName);
  options.redis = service::redis_of(config);
  options.settings.dashboard_url = config.text("dashboard.url");
  options.settings.marker_key = config.secret("bot.marker_key");
  options.settings.inline_cap = static_cast<int>(config.integer("teaching.inline_cap"));
  if (!config.text("local.git_root").empty()) options.local_bot_login = config.text("local.bot_login");
  options.poll_every = config.seconds("bot.poll_seconds");
  options.crash_point = crash_point_of(std::getenv("GREENROOM_CRASH_AT"));
  return options;
}

Result<void> serve(const config::Config& config) {
  if (config.secret("bot.marker_key").empty())
    return user_fault("bot.marker_key is not set: without it the bot could not tell its own comments from others'");
  GREENROOM_TRY(book, teaching::LessonBook::load(config.text("templates.directory") + "/lessons"));
  Bot bot(options_of(config), book);
  if (!bot.start(service::is_ending)) return {};
  GREENROOM_TRY(ready, service::ReadyFile::make(config, kName));
  log::info("bot.ready", {{"workers", Bot::kWorkers}, {"lessons", book.all().size()}});
  service::await_ending();
  bot.stop();
  return {};
}

}  // namespace
}  // namespace greenroom::bot

int main() { return greenroom::service::run(greenroom::bot::kName, greenroom::bot::serve); }
