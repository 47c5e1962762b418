#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFirst = "import os\n\n\ndef one():\n    return 1\n";
constexpr const char* kRewritten = "import sys\n\n\ndef two():\n    return 2\n";

TEST(ForcePush, ReviewsTheRewrittenBranchAndResolvesWhatIsGone) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("maya/force", {{"src/shotlist/one.py", kFirst}});
  line.settle();
  ASSERT_EQ(line.threads(change).size(), 1u);

  EXPECT_EQ(line.force_push("maya/force", {{"src/shotlist/two.py", kRewritten}}), change);
  line.settle();
  const auto threads = line.threads(change);
  ASSERT_EQ(threads.size(), 2u);
  EXPECT_TRUE(threads[0].resolved);
  EXPECT_EQ(threads[1].path, "src/shotlist/two.py");
  EXPECT_FALSE(threads[1].resolved);
  expect_golden(line, change, "force_push", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
