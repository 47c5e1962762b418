// The write budget over a real Redis: never more than the limit in any span, people's answers first.

#include "lib/bot/write_budget.h"

#include <gtest/gtest.h>

#include "tests/support/test_redis.h"
#include "tests/support/wait.h"

namespace greenroom::bot {
namespace {

using hosts::WriteLimit;
using model::Urgency;
using namespace std::chrono_literals;

const std::string kAccount = "github/installation/7/content";
const std::vector<WriteLimit> kLimits{{80, 1min}, {500, 1h}};

class WriteBudgetTest : public ::testing::Test {
 protected:
  int taken_at_once(WriteBudget& budget, Urgency urgency, const std::vector<WriteLimit>& limits = kLimits) {
    int taken = 0;
    while (taken < 1000 && budget.take(kAccount, limits, urgency).value() == 0ms) ++taken;
    return taken;
  }
  testing::TestRedis redis;
  WriteBudget budget{redis.options()};
};

TEST_F(WriteBudgetTest, GivesABucketsWorthAtOnceAndThenSaysHowLong) {
  EXPECT_EQ(taken_at_once(budget, Urgency::reply), 16);
  const auto wait = budget.take(kAccount, kLimits, Urgency::reply).value();
  EXPECT_GT(wait, 0ms);
  EXPECT_LE(wait, 1000ms);  // 60 a minute
}

// In any span of a limit: what the bucket held, and what it got back meanwhile.
TEST_F(WriteBudgetTest, KeepsEveryLimitInEverySpan) {
  for (const auto& limit : kLimits) {
    const auto bucket = bucket_of(limit);
    const auto most = bucket.capacity + bucket.per_second * std::chrono::duration<double>(limit.within).count();
    EXPECT_LE(most, limit.count * 0.95 + 1e-9);
    EXPECT_GE(most, limit.count * 0.95 - 1e-9) << "nor much less than it may";
  }
  EXPECT_GE(bucket_of({1, 1min}).capacity, 1) << "the smallest limit lets one through";
}

TEST_F(WriteBudgetTest, TheTighterOfTwoLimitsHolds) {
  EXPECT_EQ(taken_at_once(budget, Urgency::reply, {{1000, 1min}, {15, 1h}}), 3);
}

TEST_F(WriteBudgetTest, IsSharedByAllBots) {
  WriteBudget other(redis.options());
  EXPECT_EQ(taken_at_once(other, Urgency::reply), 16);
  EXPECT_GT(budget.take(kAccount, kLimits, Urgency::reply).value(), 0ms);
  EXPECT_EQ(budget.take("github/installation/8/content", kLimits, Urgency::reply).value(), 0ms);
}

TEST_F(WriteBudgetTest, LeavesSomeForAnswersToPeople) {
  const auto sweeps = taken_at_once(budget, Urgency::sweep);
  const auto reviews = taken_at_once(budget, Urgency::review);
  const auto replies = taken_at_once(budget, Urgency::reply);
  EXPECT_EQ(sweeps, 8);
  EXPECT_EQ(sweeps + reviews, 14);
  EXPECT_EQ(sweeps + reviews + replies, 16);
}

TEST_F(WriteBudgetTest, GetsItBackWithTime) {
  const std::vector<WriteLimit> quick{{100, 1s}};
  taken_at_once(budget, Urgency::reply, quick);
  EXPECT_TRUE(testing::wait_until([&] { return budget.take(kAccount, quick, Urgency::reply).value() == 0ms; }, 5s));
}

TEST_F(WriteBudgetTest, IsSilentAsLongAsTheHostWants) {
  ASSERT_TRUE(budget.keep_silent(kAccount, 90s));
  ASSERT_TRUE(budget.keep_silent(kAccount, 10s));  // a shorter one does not end the longer
  WriteBudget other(redis.options());
  const auto wait = other.take(kAccount, kLimits, Urgency::reply).value();
  EXPECT_GT(wait, 80s);
  EXPECT_LE(wait, 90s);
}

TEST_F(WriteBudgetTest, SaysThatRedisIsAway) {
  redis.stop();
  const auto asked = budget.take(kAccount, kLimits, Urgency::reply);
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().kind, ErrorKind::transient);
}

}  // namespace
}  // namespace greenroom::bot
