#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(PostgresRestarted, EveryServiceConnectsAgainAndNothingIsLost) {
  Line::Options options;
  options.own_postgres = true;
  Line line(options);
  line.seed(small_project());
  const auto first = line.push("maya/before", {{"src/shotlist/old.py", "import os\n"}});
  line.restart_postgres();  // while the first change is under way
  line.settle(std::chrono::seconds(120));
  EXPECT_EQ(line.threads(first).size(), 1u);
  const auto second = line.push("maya/after", {{"src/shotlist/older.py", "import sys\n"}});
  line.settle(std::chrono::seconds(120));
  EXPECT_EQ(line.threads(second).size(), 1u);
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
