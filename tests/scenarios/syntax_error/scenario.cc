#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kBroken = "def total(values):\n    return sum(values\n\n\ndef other():\n    return 1\n";

TEST(SyntaxError, IsOnePointAndNotOnePerTool) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("maya/broken", {{"src/shotlist/total.py", kBroken}});
  line.settle();
  EXPECT_EQ(line.threads(change).size(), 1u);
  expect_golden(line, change, "syntax_error", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
