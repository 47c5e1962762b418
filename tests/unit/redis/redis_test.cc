#include "lib/redis/redis.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "lib/base/synchronized.h"
#include "tests/support/test_redis.h"
#include "tests/support/wait.h"

namespace greenroom::redis {
namespace {

using testing::TestRedis;
using testing::wait_until;
using namespace std::chrono_literals;

constexpr std::string_view kStream = "greenroom:jobs", kGroup = "runners";

std::vector<std::string> values(const Result<std::vector<StreamEntry>>& entries) {
  std::vector<std::string> out;
  for (const auto& entry : entries.value()) out.push_back(entry.fields.at(0).second);
  return out;
}
using Values = std::vector<std::string>;

TEST(Streams, DeliverEachEntryToOneConsumerOfTheGroup) {
  TestRedis server;
  auto client = server.client();
  ASSERT_TRUE(client.stream_add(kStream, "job", "1"));
  ASSERT_TRUE(client.ensure_group(kStream, kGroup));
  ASSERT_TRUE(client.ensure_group(kStream, kGroup));  // again changes nothing
  ASSERT_TRUE(client.stream_add(kStream, "job", "2"));
  EXPECT_EQ(values(client.read_group(kStream, kGroup, "a", 1, 1ms)), Values{"1"});
  EXPECT_EQ(values(client.read_group(kStream, kGroup, "b", 9, 1ms)), Values{"2"});
  EXPECT_EQ(values(client.read_group(kStream, kGroup, "b", 9, 1ms)), Values{});
}

TEST(Streams, CarryAnyBytes) {
  TestRedis server;
  auto client = server.client();
  const std::string raw("\0\r\n%s$3", 7);
  ASSERT_TRUE(client.stream_add(kStream, "job", raw));
  ASSERT_TRUE(client.ensure_group(kStream, kGroup));
  EXPECT_EQ(values(client.read_group(kStream, kGroup, "a", 1, 1ms)), Values{raw});
}

TEST(Streams, DropTheOldestWhenNobodyReads) {
  TestRedis server;
  auto client = server.client();
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(client.stream_add(kStream, "job", std::to_string(i), 100));
  ASSERT_TRUE(client.ensure_group(kStream, kGroup));
  const auto kept = values(client.read_group(kStream, kGroup, "a", 1000, 1ms));
  EXPECT_GE(kept.size(), 100u);
  EXPECT_LE(kept.size(), 200u);  // whole blocks of 100 are dropped
  EXPECT_EQ(kept.back(), "499");
}

TEST(Streams, WakeAReaderThatWaits) {
  TestRedis server;
  auto reader = server.client();
  ASSERT_TRUE(reader.ensure_group(kStream, kGroup));
  Values seen;
  std::jthread thread([&] { seen = values(reader.read_group(kStream, kGroup, "a", 1, 20s)); });
  ASSERT_TRUE(server.client().stream_add(kStream, "job", "7"));
  thread.join();
  EXPECT_EQ(seen, Values{"7"});
}

TEST(Streams, ForgetAnEntryThatWasAcknowledged) {
  TestRedis server;
  auto client = server.client();
  ASSERT_TRUE(client.ensure_group(kStream, kGroup));
  ASSERT_TRUE(client.stream_add(kStream, "job", "1"));
  const auto entries = client.read_group(kStream, kGroup, "a", 1, 1ms);
  ASSERT_TRUE(client.acknowledge(kStream, kGroup, entries->at(0).id));
  EXPECT_EQ(values(client.auto_claim(kStream, kGroup, "b", 0ms)), Values{});
}

TEST(Streams, HandEveryUnfinishedEntryToWhoAutoClaims) {
  TestRedis server;
  auto client = server.client();
  ASSERT_TRUE(client.ensure_group(kStream, kGroup));
  for (int i = 0; i < 250; ++i) ASSERT_TRUE(client.stream_add(kStream, "job", std::to_string(i)));
  ASSERT_EQ(client.read_group(kStream, kGroup, "dead", 1000, 1ms)->size(), 250u);
  EXPECT_EQ(client.auto_claim(kStream, kGroup, "heir", 0ms)->size(), 250u);  // one call of Redis gives 100
  EXPECT_EQ(client.auto_claim(kStream, kGroup, "late", 1h)->size(), 0u);
}

TEST(Streams, SayNotFoundWhenTheGroupIsGoneAndHealByEnsureGroup) {
  TestRedis server;
  auto client = server.client();
  const auto entries = client.read_group(kStream, kGroup, "a", 1, 1ms);
  ASSERT_FALSE(entries);
  EXPECT_EQ(entries.error().kind, ErrorKind::not_found);
  ASSERT_TRUE(client.stream_add(kStream, "job", "before"));
  ASSERT_TRUE(client.ensure_group(kStream, kGroup));
  EXPECT_EQ(values(client.read_group(kStream, kGroup, "a", 1, 1ms)), Values{"before"});
}

TEST(PubSub, DeliversMessagesUntilTheListenerHasEnough) {
  TestRedis server;
  Synchronized<Values> seen;
  auto listener = server.client();
  std::jthread thread([&] {
    EXPECT_TRUE(listener.subscribe(
        "greenroom:log:1:pytest",
        [&](std::string_view message) {
          seen.with([&](Values& all) { all.emplace_back(message); });
          return message != "end";
        },
        [] { return false; }));
  });
  auto client = server.client();
  ASSERT_TRUE(wait_until([&] {
    EXPECT_TRUE(client.publish("greenroom:log:1:pytest", "a\nb"));
    return seen.with([](const Values& all) { return !all.empty(); });
  }));
  ASSERT_TRUE(client.publish("greenroom:log:1:pytest", "end"));
  thread.join();
  seen.with([](const Values& all) {
    EXPECT_EQ(all.front(), "a\nb");
    EXPECT_EQ(all.back(), "end");
  });
  EXPECT_TRUE(listener.ping());  // usable for commands again
}

TEST(PubSub, StopsWhenAsked) {
  TestRedis server;
  std::atomic<bool> stop{false};
  auto listener = server.client();
  std::jthread thread([&] {
    EXPECT_TRUE(listener.subscribe(
        "c", [](std::string_view) { return true; }, [&] { return stop.load(); }));
  });
  stop = true;
}

TEST(PubSub, SaysTransientWhenRedisDies) {
  TestRedis server;
  auto listener = server.client();
  Result<void> outcome;
  std::atomic<bool> heard{false};
  std::jthread thread([&] {
    outcome = listener.subscribe(
        "c", [&](std::string_view) { return heard = true; }, [] { return false; });
  });
  ASSERT_TRUE(wait_until([&] { return server.client().publish("c", "x") && heard; }));
  server.stop();
  thread.join();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::transient);
}

TEST(Client, SaysTransientWhileRedisIsAwayAndReconnects) {
  TestRedis server;
  auto client = server.client();
  ASSERT_TRUE(client.ping());
  server.stop();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.ping().error().kind, ErrorKind::transient);
  server.start();
  EXPECT_TRUE(client.ping());
}

TEST(Client, FailsOnceWhenRedisRestartedBetweenTwoCalls) {
  TestRedis server;
  auto client = server.client();
  ASSERT_TRUE(client.ping());
  server.stop();
  server.start();
  EXPECT_EQ(client.ping().error().kind, ErrorKind::transient);
  EXPECT_TRUE(client.ping());
}

TEST(Client, GivesUpOnARedisThatDoesNotAnswer) {
  TestRedis server;
  Options options = server.options();
  options.timeout = 50ms;
  Client client(options);
  ASSERT_TRUE(client.ping());
  server.pause();
  EXPECT_EQ(client.ping().error().kind, ErrorKind::transient);
  server.resume();
  EXPECT_TRUE(client.ping());  // the late answer went with the old connection
}

TEST(Client, SaysTransientWhenRedisIsFull) {
  TestRedis server({"--maxmemory", "1", "--maxmemory-policy", "noeviction"});
  EXPECT_EQ(server.client().stream_add(kStream, "job", "1").error().kind, ErrorKind::transient);
}

TEST(Client, SignsInAndIsHeldToItsRights) {
  TestRedis server({"--user", "default", "off", "--user", "greenroom", "on", ">s3cret", "~greenroom:*", "&greenroom:*",
                    "+@all", "-@dangerous"});
  EXPECT_EQ(server.client().ping().error().kind, ErrorKind::rejected);
  Options options = server.options();
  options.username = "greenroom";
  options.password = Secret("wrong");
  const auto wrong = Client(options).ping();
  EXPECT_EQ(wrong.error().kind, ErrorKind::rejected);
  EXPECT_EQ(wrong.error().describe().find("wrong"), std::string::npos);
  options.password = Secret("s3cret");
  Client client(options);
  EXPECT_TRUE(client.stream_add(kStream, "job", "1"));
  EXPECT_EQ(client.stream_add("other", "job", "1").error().kind, ErrorKind::rejected);
}

TEST(Client, CallsAnErrorOfOursABug) {
  TestRedis server;
  auto client = server.client();
  ASSERT_TRUE(client.ensure_group(kStream, kGroup));
  EXPECT_EQ(client.acknowledge(kStream, kGroup, "not an id").error().kind, ErrorKind::bug);
}

}  // namespace
}  // namespace greenroom::redis
