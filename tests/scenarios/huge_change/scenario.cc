#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Files many_files() {
  Files files;
  for (int i = 0; i < 400; ++i) {
    std::string text = "\"\"\"Module " + std::to_string(i) + ".\"\"\"\n\nimport os\n";
    for (int n = 0; n < 60; ++n)
      text += "\n\ndef function_" + std::to_string(n) + "(value):\n    return value + " + std::to_string(n) + "\n";
    files["src/shotlist/generated/module_" + std::to_string(i) + ".py"] = text;
  }
  return files;
}

TEST(HugeChange, IsReviewedWithinItsLimitsAndSaysHowLargeItIs) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("maya/huge", many_files());
  line.settle(std::chrono::seconds(150));
  EXPECT_EQ(line.threads(change).size(), 1u) << "one rule in four hundred files is one point";
  EXPECT_LE(line.summary(change).size(), 65536u);
  EXPECT_THAT(line.summary(change), HasSubstr("400 files"));
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
