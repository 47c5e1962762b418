#pragma once
// The bot's threads: workers that move the line, one that listens to Postgres, one that looks after time, one
// that looks how the hosts are set up.

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "lib/base/synchronized.h"
#include "lib/bot/app_maker.h"
#include "lib/bot/measures.h"
#include "lib/bot/settings.h"
#include "lib/hosts/gitea/options.h"
#include "lib/hosts/github/options.h"
#include "lib/hosts/gitlab/options.h"
#include "lib/pg/pg.h"
#include "lib/redis/redis.h"
#include "lib/teaching/teaching.h"
#include "services/bot/bell.h"

namespace greenroom::bot {

struct BotOptions {
  pg::Options database;
  redis::Options redis;
  Settings settings;
  std::string local_bot_login;  // empty: no practice host
  std::optional<hosts::github::Options> github;
  std::optional<hosts::gitlab::Options> gitlab;
  std::optional<hosts::gitea::Options> gitea;
  std::optional<BoxKeys> seal_keys;  // nullopt: no App is made in the browser
  hosts::github::Options github_addresses;
  std::string webhook_url;  // where git hosts reach the webhook service
  std::chrono::seconds poll_every{60};
  std::chrono::hours keep_tries{24};
  CrashPoint crash_point;
};

class Bot {
 public:
  static constexpr int kWorkers = 2;

  // The book must outlive the bot.
  Bot(BotOptions options, const teaching::LessonBook& book);
  ~Bot();  // stop()

  // Waits for the database, however long that takes, then starts the threads. False: stopped before.
  bool start(const std::function<bool()>& stopping);
  // Any thread; blocks while Postgres is asked.
  std::string metrics() { return measures_.text(pool_); }
  // Lets each thread end the step it is in; blocks until all have ended.
  void stop();

 private:
  void work();
  void listen();
  void keep_time();
  void examine();
  HostSet make_hosts();
  // A host that came while the bot runs: an App that was made in the browser.
  void add_hosts(HostSet& hosts);
  Result<Step> make_app(AppMaker& maker);
  // After an error: pauses, longer each time, but never past a stop.
  void pause(int failures);

  BotOptions options_;
  const teaching::LessonBook& book_;
  pg::Pool pool_;
  Measures measures_;
  Bell bell_;
  Bell ending_;
  Synchronized<std::optional<hosts::github::Options>> kept_;
  std::atomic<bool> stop_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace greenroom::bot
