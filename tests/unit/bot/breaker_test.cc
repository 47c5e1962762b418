#include "lib/bot/breaker.h"

#include <gtest/gtest.h>

namespace greenroom::bot {
namespace {

using namespace std::chrono_literals;
const Breaker::Time kStart{std::chrono::hours(1)};

TEST(Breaker, OpensAfterFiveFailuresInARow) {
  Breaker breaker;
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(breaker.failed(kStart));
  EXPECT_FALSE(breaker.is_open(kStart));
  EXPECT_TRUE(breaker.failed(kStart));
  EXPECT_TRUE(breaker.is_open(kStart + 4s));
  EXPECT_FALSE(breaker.is_open(kStart + 7s));
}

TEST(Breaker, WaitsLongerWithEachFurtherFailureButNeverForEver) {
  Breaker breaker;
  for (int i = 0; i < 6; ++i) breaker.failed(kStart);
  EXPECT_TRUE(breaker.is_open(kStart + 9s));
  for (int i = 0; i < 100; ++i) breaker.failed(kStart);
  EXPECT_TRUE(breaker.is_open(kStart + 299s));
  EXPECT_FALSE(breaker.is_open(kStart + 376s));
}

TEST(Breaker, ForgetsWithASuccess) {
  Breaker breaker;
  for (int i = 0; i < 4; ++i) breaker.failed(kStart);
  breaker.succeeded();
  EXPECT_FALSE(breaker.failed(kStart));
}

}  // namespace
}  // namespace greenroom::bot
