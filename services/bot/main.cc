// The bot: deliveries to decisions, reviews to effects, effects to git hosts. It holds the hosts' write tokens and
// never touches the code of a change.

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>

#include "lib/base/log.h"
#include "lib/bot/host_options.h"
#include "lib/service/probes.h"
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

Result<ApprovalRule> approval_of(const config::Config& config) {
  const auto word = config.text("approval.required");
  const auto required = required_named(word);
  if (!required) return user_fault("approval.required is never, tests or everything, not '" + word + "'");
  const auto merged = config.integer("approval.trust_after_merged");
  if (merged < 0 || merged > 1000) return user_fault("approval.trust_after_merged is a number from 0 to 1000");
  return ApprovalRule{*required, static_cast<int>(merged)};
}

BotOptions options_of(const config::Config& config) {
  BotOptions options;
  options.database = service::database_of(config, kName);
  options.redis = service::redis_of(config);
  options.settings.dashboard_url = config.text("dashboard.url");
  options.settings.marker_key = config.secret("bot.marker_key");
  options.settings.inline_cap = static_cast<int>(config.integer("teaching.inline_cap"));
  if (!config.text("local.git_root").empty()) options.local_bot_login = config.text("local.bot_login");
  options.webhook_url = config.text("webhook.url");
  options.poll_every = config.seconds("bot.poll_seconds");
  options.keep_tries = std::chrono::hours(config.integer("practice.keep_hours"));
  options.crash_point = crash_point_of(std::getenv("GREENROOM_CRASH_AT"));
  return options;
}

Result<void> serve(const config::Config& config) {
  if (config.secret("bot.marker_key").empty())
    return user_fault("bot.marker_key is not set: without it the bot could not tell its own comments from others'");
  GREENROOM_TRY(book, teaching::LessonBook::load(config.text("templates.directory") + "/lessons"));
  GREENROOM_TRY(approval, approval_of(config));
  auto options = options_of(config);
  options.settings.approval = approval;
  GREENROOM_TRY(github, github_options(config));
  GREENROOM_TRY(gitlab, gitlab_options(config));
  GREENROOM_TRY(gitea, gitea_options(config));
  options.github = std::move(github);
  options.gitlab = std::move(gitlab);
  options.gitea = std::move(gitea);
  options.github_addresses = github_addresses(config);
  if (const auto words = config.secret("bot.seal_key"); !words.empty()) {
    auto keys = box_keys_of(words);
    if (!keys) return pass(std::move(keys).error(), "bot.seal_key");
    options.seal_keys = std::move(*keys);
  }
  Bot bot(std::move(options), book);
  service::DatabaseProbe database(service::database_of(config, kName));
  std::atomic<bool> stopping = false;
  const auto hindrance = [&] { return stopping ? "this process is shutting down" : database.hindrance(); };
  GREENROOM_TRY(probes, service::open_probe_port(config, "bot.listen", {hindrance, [&] { return bot.metrics(); }}));
  if (!bot.start(service::is_ending)) return {};
  GREENROOM_TRY(ready, service::ReadyFile::make(config, kName));
  log::info("bot.ready", {{"workers", Bot::kWorkers}, {"lessons", book.all().size()}});
  service::await_ending();
  stopping = true;
  bot.stop();
  return {};
}

}  // namespace
}  // namespace greenroom::bot

int main() { return greenroom::service::run(greenroom::bot::kName, greenroom::bot::serve); }
