#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string sixty_comparisons() {
  std::string text = "def compare(values):\n    found = []\n";
  for (int i = 0; i < 60; ++i)
    text += "    if values[" + std::to_string(i) + "] == None:\n        found.append(" + std::to_string(i) + ")\n";
  return text + "    return found\n";
}

TEST(SixtyFindings, OfOneRuleAreOneLessonOnce) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("maya/sixty", {{"src/shotlist/compare.py", sixty_comparisons()}});
  line.settle();
  EXPECT_EQ(line.threads(change).size(), 1u);
  expect_golden(line, change, "sixty_findings", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
