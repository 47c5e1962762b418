#include "lib/work/live_log.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "lib/base/synchronized.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_redis.h"
#include "tests/support/wait.h"

namespace greenroom::work {
namespace {

using testing::FakeClock;
using testing::TestRedis;
using testing::wait_until;
using namespace std::chrono_literals;

// Somebody who watches one channel. Ready once it has heard its own greeting.
class Watcher {
 public:
  Watcher(const TestRedis& server, const std::string& channel)
      : thread_([this, channel, client = server.client()]() mutable {
          static_cast<void>(client.subscribe(
              channel, [this](std::string_view message) { return keep(message); }, [this] { return stop_.load(); }));
        }) {
    if (!wait_until([&] { return server.client().publish(channel, "hello") && heard_.load(); })) {
      throw std::runtime_error("nobody hears " + channel);
    }
  }
  ~Watcher() { stop_ = true; }
  std::string seen() const {
    return seen_.with([](const std::string& text) { return text; });
  }

 private:
  bool keep(std::string_view message) {
    if (message == "hello") {
      heard_ = true;
    } else {
      seen_.with([&](std::string& text) { text += message; });
    }
    return true;
  }

  Synchronized<std::string> seen_;
  std::atomic<bool> heard_{false}, stop_{false};
  std::jthread thread_;
};

TEST(LiveLog, ReachesWhoWatchesTheCheck) {
  TestRedis server;
  const Watcher watcher(server, "greenroom:log:7:pytest");
  LiveLog log(server.options(), {7});
  log.publish("flake8", "not this");
  log.publish("pytest", "one\n");
  log.publish("pytest", std::string("t\0wo", 4));
  EXPECT_TRUE(wait_until([&] { return watcher.seen() == std::string("one\nt\0wo", 8); })) << watcher.seen();
}

TEST(LiveLog, StaysQuietForAWhileWhenRedisIsGone) {
  TestRedis server;
  FakeClock clock;
  LiveLog log(server.options(), {7}, clock);
  server.stop();
  log.publish("pytest", "lost");
  server.start();
  const Watcher watcher(server, "greenroom:log:7:pytest");
  log.publish("pytest", "still quiet");
  clock.advance(6s);
  log.publish("pytest", "again");
  EXPECT_TRUE(wait_until([&] { return watcher.seen() == "again"; })) << watcher.seen();
}

TEST(LiveLog, StopsAfterItsShareOfOneCheck) {
  TestRedis server;
  const Watcher watcher(server, "greenroom:log:7:pytest");
  LiveLog log(server.options(), {7});
  log.publish("pytest", "first");
  log.publish("pytest", std::string(LiveLog::kMostBytes, 'x'));
  log.publish("pytest", "last");
  EXPECT_TRUE(wait_until([&] { return watcher.seen() == "firstlast"; }));
}

}  // namespace
}  // namespace greenroom::work
