#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kUntidy = "def  total( values ):\n    return sum( values )\n";

TEST(FormatterOnly, BecomesOneLessonWithTheExactCommandAndNoThread) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("maya/untidy", {{"src/shotlist/total.py", kUntidy}});
  line.settle();
  EXPECT_TRUE(line.threads(change).empty());
  EXPECT_THAT(line.summary(change), HasSubstr("black"));
  expect_golden(line, change, "formatter_only", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
