#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A sum of 20 000 terms is valid Python that overflows the recursion of several tools.
std::string endless_sum() {
  std::string text = "TOTAL = 0";
  for (int i = 0; i < 20000; ++i) text += " + 1";
  return text + "\n";
}

TEST(CrashingTool, IsNeverTheAuthorsFault) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("maya/sum", {{"src/shotlist/total.py", endless_sum()}});
  line.settle();
  EXPECT_GE(line.count("SELECT count(*) AS value FROM check_run WHERE state = 'errored'"), 1);
  for (const auto& [context, state] : line.statuses(change)) EXPECT_NE(state, "failure") << context;
  EXPECT_THAT(line.summary(change), HasSubstr("not your"));
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
