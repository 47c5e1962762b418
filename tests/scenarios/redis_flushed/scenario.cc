#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(RedisFlushed, TheSweepOverPostgresKeepsEverythingMoving) {
  Line line;
  line.seed(small_project());
  line.flush_redis();  // stream and consumer group are gone
  const auto first = line.push("maya/flushed", {{"src/shotlist/old.py", "import os\n"}});
  line.settle();
  EXPECT_EQ(line.threads(first).size(), 1u);
  line.stop_redis();
  const auto second = line.push("maya/gone", {{"src/shotlist/older.py", "import sys\n"}});
  line.settle(std::chrono::seconds(120));
  EXPECT_EQ(line.threads(second).size(), 1u);
  line.start_redis();
  const auto third = line.push("maya/back", {{"src/shotlist/oldest.py", "import json\n"}});
  line.settle();
  EXPECT_EQ(line.threads(third).size(), 1u);
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
