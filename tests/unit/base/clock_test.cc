#include "lib/base/clock.h"

#include <gtest/gtest.h>

namespace greenroom {
namespace {

TEST(Clock, ReadsBackWhatItWrites) {
  const auto time = parse_time("2026-03-01T09:30:00.250000Z");
  ASSERT_TRUE(time);
  EXPECT_EQ(to_rfc3339(*time), "2026-03-01T09:30:00.250000Z");
}

TEST(Clock, UnderstandsPostgresAndOffsets) {
  EXPECT_EQ(*parse_time("2026-03-01 09:30:00.25+00"), *parse_time("2026-03-01T11:30:00.25+02:00"));
}

TEST(Clock, RefusesWhatIsNoTime) {
  for (const auto* text :
       {"", "tomorrow", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-01", "2026-03-01T09:30:00Zx"}) {
    const auto time = parse_time(text);
    ASSERT_FALSE(time) << text;
    EXPECT_EQ(time.error().kind, ErrorKind::user_fault);
  }
}

}  // namespace
}  // namespace greenroom
