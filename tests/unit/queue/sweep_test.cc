#include <gtest/gtest.h>

#include <thread>

#include "lib/queue/queue.h"
#include "tests/support/job_rows.h"
#include "tests/support/test_redis.h"

namespace greenroom::queue {
namespace {

using testing::age_queued;
using testing::expire_lease;
using testing::insert_job;
using testing::job_field;
using testing::request_cancel;
using testing::TestDatabase;
using testing::TestRedis;
using Ids = std::vector<model::JobId>;

// What a bot does, with a bot's rights.
class Sweep : public ::testing::Test {
 protected:
  Swept swept(redis::Client* redis = nullptr) { return sweep(*bot, redis).value(); }
  void die_over(model::JobId id, int times) {
    for (int i = 0; i < times; ++i) {
      ASSERT_TRUE(*claim(db.connection(), id, "r"));
      expire_lease(db, id);
    }
  }

  TestDatabase db;
  std::unique_ptr<pg::Connection> bot = db.open_as("greenroom_bot");
};

TEST_F(Sweep, LeavesWhatIsInOrderAlone) {
  const auto leased = insert_job(db, {.change = 1});
  ASSERT_TRUE(*claim(db.connection(), leased, "r"));
  insert_job(db, {.change = 2});
  const auto nothing = swept();
  EXPECT_EQ(nothing.requeued, Ids{});
  EXPECT_EQ(nothing.dead, Ids{});
  EXPECT_EQ(nothing.announced, Ids{});
}

// I3
TEST_F(Sweep, QueuesAKilledRunnersJobAgain) {
  const auto id = insert_job(db);
  die_over(id, 1);
  EXPECT_EQ(swept().requeued, Ids{id});
  EXPECT_EQ(job_field(db, id, "state"), "queued");
  EXPECT_EQ(swept().requeued, Ids{});
  EXPECT_EQ((*claim(db.connection(), id, "other"))->attempt, 2);
}

// I5
TEST_F(Sweep, BuriesAJobOverWhichThreeRunnersDied) {
  const auto id = insert_job(db);
  const auto listener = db.open();
  ASSERT_TRUE(listener->listen("greenroom_review"));
  die_over(id, 3);
  EXPECT_EQ(*claim_next(db.connection(), "fourth"), std::nullopt);
  const auto first = swept();
  EXPECT_EQ(first.dead, Ids{id});
  EXPECT_EQ(first.requeued, Ids{});
  EXPECT_EQ(job_field(db, id, "state"), "dead");
  EXPECT_NE(job_field(db, id, "reason"), "");
  EXPECT_EQ(db.answer("SELECT dirty_version AS answer FROM review"), "1");
  EXPECT_TRUE(*listener->wait_notification(std::chrono::seconds(5)));
  EXPECT_EQ(swept().dead, Ids{});
}

// I4
TEST_F(Sweep, EndsCancelledJobsThatNobodyHolds) {
  const auto queued = insert_job(db, {.change = 1});
  const auto orphan = insert_job(db, {.change = 2});
  const auto held = insert_job(db, {.change = 3});
  die_over(orphan, 1);
  ASSERT_TRUE(*claim(db.connection(), held, "r"));
  for (const auto id : {queued, orphan, held}) request_cancel(db, id, "a newer commit was pushed");
  EXPECT_EQ(swept().requeued, Ids{});
  for (const auto id : {queued, orphan}) {
    EXPECT_EQ(job_field(db, id, "state"), "cancelled");
    EXPECT_EQ(job_field(db, id, "reason"), "a newer commit was pushed");
  }
  EXPECT_EQ(job_field(db, held, "state"), "leased");  // its runner ends it
}

TEST_F(Sweep, AnnouncesQueuedJobsAgainEveryFifteenSeconds) {
  TestRedis server;
  auto redis = server.client();
  ASSERT_TRUE(redis.ensure_group(kStream, kGroup));
  const auto id = insert_job(db);
  EXPECT_EQ(swept(&redis).announced, Ids{});
  age_queued(db, id, 16);
  EXPECT_EQ(swept(&redis).announced, Ids{id});
  EXPECT_EQ(swept(&redis).announced, Ids{});
  const auto entries = redis.read_group(kStream, kGroup, "r", 10, std::chrono::milliseconds(1));
  ASSERT_EQ(entries->size(), 1u);
  EXPECT_EQ(entries->at(0).fields.at(0).second, to_string(id));
}

TEST_F(Sweep, RefillsARedisThatLostEverything) {
  TestRedis server;
  auto redis = server.client();
  const auto id = insert_job(db);
  ASSERT_TRUE(announce(redis, id));
  server.stop();
  server.start();
  age_queued(db, id, 16);
  static_cast<void>(redis.ping());  // the broken connection is found and closed
  swept(&redis);
  ASSERT_TRUE(redis.ensure_group(kStream, kGroup));
  EXPECT_EQ(redis.read_group(kStream, kGroup, "r", 10, std::chrono::milliseconds(1))->size(), 1u);
}

TEST_F(Sweep, KeepsJobsMovingWithoutRedis) {
  TestRedis server;
  auto redis = server.client();
  server.stop();
  const auto id = insert_job(db);
  die_over(id, 1);
  EXPECT_EQ(announce(redis, id).error().kind, ErrorKind::transient);
  EXPECT_EQ(swept(&redis).requeued, Ids{id});
  EXPECT_EQ((*claim_next(db.connection(), "r"))->id, id);
}

TEST_F(Sweep, ByManyBotsAtOnceDoesEachThingOnce) {
  for (int i = 1; i <= 20; ++i) die_over(insert_job(db, {.change = i}), i % 2 == 0 ? 3 : 1);
  std::vector<Swept> all(4);
  {
    std::vector<std::jthread> bots;
    for (auto& one : all) {
      bots.emplace_back([&one, connection = std::shared_ptr<pg::Connection>(db.open_as("greenroom_bot"))] {
        one = sweep(*connection, nullptr).value();
      });
    }
  }
  std::size_t requeued = 0, dead = 0;
  for (const auto& one : all) requeued += one.requeued.size(), dead += one.dead.size();
  EXPECT_EQ(requeued, 10u);
  EXPECT_EQ(dead, 10u);
  EXPECT_EQ(db.answer("SELECT sum(dirty_version) AS answer FROM review"), "10");
}

}  // namespace
}  // namespace greenroom::queue
