// 600 changes with 30 notes each through one installation of a GitHub that keeps its limits, by two bots at once: how
// many writes a run costs, how often the limit is hit, and how long it takes over what the write budget allows. The
// host's time runs sixty times as fast; everything else is real.

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <set>
#include <stdexcept>
#include <thread>

#include "bench/figure.h"
#include "bench/hosts/ground.h"
#include "lib/base/log.h"
#include "lib/bot/planner.h"
#include "lib/bot/sender.h"
#include "lib/hosts/github/host.h"
#include "tests/support/test_redis.h"

namespace greenroom::bench {
namespace {

using namespace std::chrono_literals;
constexpr int kBots = 2;
constexpr auto kPatience = 10min;

class Bots {
 public:
  Bots(Ground& ground, const redis::Options& redis)
      : ground_(ground), redis_(redis), pool_(ground.database().options_as("greenroom_bot"), 2 * kBots) {}

  // How long it took until everything stood.
  double run() {
    return milliseconds([&] {
             std::vector<std::jthread> threads;
             for (int i = 0; i < kBots; ++i) threads.emplace_back([this] { work(); });
             const auto end = system_clock().steady() + kPatience;
             while (!is_settled() && system_clock().steady() < end) std::this_thread::sleep_for(100ms);
             done_ = true;
           }) /
           1000;
  }
  bool is_settled() {
    return ground_.database().answer("SELECT count(*) AS answer FROM review WHERE settled_version < wanted_version") ==
           "0";
  }

 private:
  void work() {
    bot::HostSet hosts;
    hosts["github"] = std::make_unique<hosts::github::GithubHost>(ground_.options(), ground_.clock());
    bot::WriteGate gate(redis_, system_clock());
    bot::Planner planner(pool_);
    bot::Sender sender(
        pool_, hosts, ground_.settings(), system_clock(), [](std::string_view) {}, &gate);
    while (!done_) {
      const auto planned = planner.plan_one();
      const auto sent = sender.send_one();
      if (!planned || !sent) throw std::runtime_error((planned ? sent : planned).error().describe());
      if (*planned == bot::Step::nothing && *sent == bot::Step::nothing) std::this_thread::sleep_for(5ms);
    }
  }

  Ground& ground_;
  redis::Options redis_;
  pg::Pool pool_;
  std::atomic<bool> done_ = false;
};

bool is_content(const testing::fake::Write& write) {
  return write.who != "app" && !write.kind.starts_with("check_run");
}

// What the tightest bucket needs for so many writes: it begins full.
double bound_seconds(double writes, const std::vector<hosts::WriteLimit>& limits) {
  double bound = 0;
  for (const auto& limit : limits) {
    const auto bucket = bot::bucket_of(limit);
    bound = std::max(bound, (writes - bucket.capacity) / bucket.per_second);
  }
  return bound;
}

void expect_each_once(Ground& ground) {
  for (int i = 1; i <= Ground::kChanges; ++i) {
    std::set<std::string> bodies;
    const auto comments = ground.github().comments(501, i);
    for (const auto& comment : comments) bodies.insert(comment.body);
    if (comments.size() != Ground::kFindings + 1 || bodies.size() != comments.size())
      throw std::runtime_error("change " + std::to_string(i) + " has " + std::to_string(comments.size()) + " comments");
  }
}

int run() {
  Ground ground;
  testing::TestRedis redis;
  Bots bots(ground, redis.options());
  const double seconds = bots.run();
  if (!bots.is_settled()) throw std::runtime_error("it never gets done");
  expect_each_once(ground);
  const auto ledger = ground.github().ledger();
  const auto writes = static_cast<double>(std::ranges::count_if(ledger, is_content));
  const auto requests = ground.github().requests();
  const auto hits =
      std::ranges::count_if(requests, [](const auto& one) { return one.status == 403 || one.status == 429; });
  const double bound = bound_seconds(writes, ground.options().content_limits);
  std::fprintf(stderr, "  %zu requests, %.0f writes that people see, %.1f h of the host's time\n", requests.size(),
               writes, seconds * Ground::kTimes / 3600);
  bool met = report({"hosts_writes_a_run", writes / Ground::kChanges, "writes", 2, Direction::at_most, 1});
  met = report({"hosts_limit_hit", static_cast<double>(hits), "times", 1, Direction::at_most, 0}) && met;
  met = report({"hosts_time", seconds, "s", bound, Direction::at_most, 1.1}) && met;
  return met ? kMet : kMissed;
}

}  // namespace
}  // namespace greenroom::bench

int main() {
  greenroom::log::start("hosts", "warn");
  try {
    return greenroom::bench::run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "hosts: %s\n", error.what());
    return greenroom::bench::kCannotRun;
  }
}
