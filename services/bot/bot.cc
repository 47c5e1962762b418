#include "services/bot/bot.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/bot/access_giver.h"
#include "lib/bot/composer.h"
#include "lib/bot/connections.h"
#include "lib/bot/intake.h"
#include "lib/bot/planner.h"
#include "lib/bot/poller.h"
#include "lib/bot/review_lock.h"
#include "lib/bot/sender.h"
#include "lib/bot/timers.h"
#include "lib/hosts/hosts.h"
#include "lib/pg/query.h"
#include "lib/queue/practice.h"
#include "services/bot/announcer.h"

namespace greenroom::bot {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kLookAnyway{1000};  // a notification may be lost with its connection
constexpr milliseconds kTick{1000};        // timers
constexpr seconds kSweepEvery{5};
constexpr milliseconds kExamineEvery{5000};  // one repository
constexpr milliseconds kListenFor{500};      // also how long a stop waits for the listener

// Calls one step; an error is logged and counted, never thrown further, and is nothing done.
template <class DoStep>
bool attempt(std::string_view what, Measures& measures, int& failures, DoStep&& step) {
  try {
    const Result<Step> done = step();
    if (done) return *done == Step::did;
    log::warn("bot.step_failed", {{"step", what}, {"error", done.error()}});
  } catch (const std::exception& bug) {
    log::error("bot.bug", {{"step", what}, {"what", bug.what()}});
  }
  measures.step_failed(what);
  ++failures;
  return false;
}

// Something that happens every so often.
class Every {
 public:
  explicit Every(seconds period) : period_(period) {}
  bool is_due() {
    const auto now = system_clock().steady();
    if (now < next_) return false;
    next_ = now + period_;
    return true;
  }

 private:
  seconds period_;
  std::chrono::steady_clock::time_point next_{};
};

void log_sweep(const queue::Swept& swept) {
  if (swept.requeued.empty() && swept.dead.empty()) return;
  log::warn("jobs.swept", {{"requeued", swept.requeued.size()}, {"dead", swept.dead.size()}});
}

}  // namespace

Bot::Bot(BotOptions options, const teaching::LessonBook& book)
    : options_(std::move(options)), book_(book), pool_(options_.database, kWorkers * 2 + 4) {
  if (options_.gitea) options_.gitea->review_lock = std::make_shared<PostgresReviewLock>(pool_);
}

Bot::~Bot() { stop(); }

HostSet Bot::make_hosts() {
  HostSet hosts;
  if (!options_.local_bot_login.empty()) hosts["local"] = hosts::local::make_host(pool_, options_.local_bot_login);
  if (options_.github) hosts["github"] = hosts::github::make_host(*options_.github, system_clock());
  if (options_.gitlab) hosts["gitlab"] = hosts::gitlab::make_host(*options_.gitlab, system_clock());
  if (options_.gitea) hosts["gitea"] = hosts::gitea::make_host(*options_.gitea, system_clock());
  return hosts;
}

void Bot::add_hosts(HostSet& hosts) {
  if (hosts.contains("github")) return;
  if (const auto kept = kept_.with([](const auto& options) { return options; }))
    hosts["github"] = hosts::github::make_host(*kept, system_clock());
}

Result<Step> Bot::make_app(AppMaker& maker) {
  if (kept_.with([](const auto& options) { return options.has_value(); })) return Step::nothing;
  GREENROOM_CHECK(maker.publish());
  GREENROOM_TRY(step, maker.make_one());
  GREENROOM_TRY(kept, maker.kept());
  if (!kept) return step;
  log::info("bot.github_app", {{"app", kept->app_id}});
  kept_.with([&](auto& options) { options = std::move(*kept); });
  bell_.ring();
  return Step::did;
}

void Bot::pause(int failures) { ending_.wait(0, milliseconds(std::min(5000, 100 << std::min(failures, 6)))); }

bool Bot::start(const std::function<bool()>& stopping) {
  for (int failures = 0;; ++failures) {
    if (stopping()) return false;
    const auto answer = pool_.run(pg::query("migration/applied"));
    if (answer) break;
    log::warn("database.away", {{"error", answer.error()}});
    pause(failures);
  }
  for (int i = 0; i < kWorkers; ++i) threads_.emplace_back([this] { work(); });
  threads_.emplace_back([this] { listen(); });
  threads_.emplace_back([this] { keep_time(); });
  threads_.emplace_back([this] { examine(); });
  return true;
}

void Bot::stop() {
  stop_ = true;
  ending_.ring();
  bell_.ring();
  threads_.clear();
}

void Bot::work() {
  auto hosts = make_hosts();
  Announcer announcer(options_.redis);
  Intake intake(
      pool_, hosts, options_.settings, system_clock(), [&](model::JobId job) { announcer.announce(job); },
      options_.crash_point);
  Composer composer(pool_, options_.settings, book_);
  Planner planner(pool_);
  AccessGiver giver(pool_, hosts);
  WriteGate gate(options_.redis, system_clock());
  Sender sender(pool_, hosts, options_.settings, system_clock(), options_.crash_point, &gate);
  int failed_rounds = 0;
  while (!stop_) {
    add_hosts(hosts);
    const auto heard = bell_.rings();
    int failures = 0;
    bool busy = attempt("read_access", measures_, failures, [&] { return giver.give_one(); });
    busy = attempt("intake", measures_, failures, [&] { return intake.take_one(); }) || busy;
    busy = attempt("compose", measures_, failures, [&] { return composer.compose_one(); }) || busy;
    busy = attempt("plan", measures_, failures, [&] { return planner.plan_one(); }) || busy;
    busy = attempt("send", measures_, failures, [&] { return sender.send_one(); }) || busy;
    failed_rounds = failures > 0 ? failed_rounds + 1 : 0;
    if (failures > 0)
      pause(failed_rounds);
    else if (busy)
      bell_.ring();  // what was done may be the other workers' next step
    else
      bell_.wait(heard, kLookAnyway);
  }
}

void Bot::listen() {
  for (int failures = 0; !stop_; pause(++failures)) {
    auto connection = pg::Connection::open(options_.database);
    if (!connection) continue;
    bool listens = true;
    for (const char* channel : {"greenroom_delivery", "greenroom_review", "greenroom_read_access"})
      listens = listens && (*connection)->listen(channel);
    if (!listens) continue;
    failures = 0;
    bell_.ring();  // whatever was notified while nobody listened
    while (!stop_) {
      const auto notification = (*connection)->wait_notification(kListenFor);
      if (!notification) break;
      if (*notification) bell_.ring();
    }
  }
}

void Bot::keep_time() {
  auto hosts = make_hosts();
  Announcer announcer(options_.redis);
  Intake intake(
      pool_, hosts, options_.settings, system_clock(), [&](model::JobId job) { announcer.announce(job); },
      options_.crash_point);
  Timers timers(pool_, options_.settings, system_clock());
  Poller poller(pool_, hosts, intake, options_.crash_point);
  Every sweep(kSweepEvery);
  Every poll(options_.poll_every);
  while (!stop_) {
    add_hosts(hosts);
    int failures = 0;
    while (!stop_ && attempt("timers", measures_, failures, [&] { return timers.take_one(); })) bell_.ring();
    if (sweep.is_due()) {
      attempt("sweep", measures_, failures, [&]() -> Result<Step> {
        GREENROOM_TRY(connection, pool_.borrow());
        GREENROOM_TRY(swept, queue::sweep(*connection, &announcer.redis()));
        log_sweep(swept);
        GREENROOM_CHECK(queue::sweep_tries(*connection, options_.keep_tries));
        GREENROOM_CHECK(AccessGiver(pool_, hosts).forget());
        return swept.dead.empty() ? Step::nothing : Step::did;
      });
    }
    if (poll.is_due()) {
      const bool found = attempt("poll", measures_, failures, [&]() -> Result<Step> {
        GREENROOM_TRY(missing, poller.poll());
        measures_.poll_found(missing);
        return missing > 0 ? Step::did : Step::nothing;
      });
      if (found) bell_.ring();
    }
    ending_.wait(0, kTick);
  }
}

// Apart from the rest: a host that does not answer holds up nothing else.
void Bot::examine() {
  auto hosts = make_hosts();
  Connections connections(pool_, hosts, options_.webhook_url);
  std::optional<AppMaker> maker;
  if (options_.seal_keys && !options_.github)
    maker.emplace(pool_, *options_.seal_keys, options_.github_addresses, system_clock());
  while (!stop_) {
    int failures = 0;
    if (maker) attempt("app", measures_, failures, [&] { return make_app(*maker); });
    add_hosts(hosts);
    attempt("examine", measures_, failures, [&] { return connections.examine_one(); });
    ending_.wait(0, kExamineEvery);
  }
}

}  // namespace greenroom::bot
