#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The newcomer's branch of the practice project: the review that ./dev demo prints.
TEST(FirstPush, TeachesAtMostThreePointsAndNamesTheNextStep) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("maya/collect", newcomer_branch(), "Collect shots by sequence");
  line.settle();
  EXPECT_LE(line.threads(change).size(), 3u);
  EXPECT_THAT(line.summary(change), HasSubstr("Ben"));
  expect_golden(line, change, "first_push", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
