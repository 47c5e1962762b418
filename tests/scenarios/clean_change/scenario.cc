#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kClean =
    "\"\"\"Adds numbers.\"\"\"\n\n\ndef total(values: list[int]) -> int:\n    return sum(values)\n";
constexpr const char* kTest =
    "from shotlist.total import total\n\n\ndef test_nothing_is_zero() -> None:\n    assert total([]) == 0\n";

TEST(CleanChange, SaysSoAndAsksForNothing) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("maya/clean", {{"src/shotlist/total.py", kClean}, {"tests/test_total.py", kTest}});
  line.settle();
  EXPECT_TRUE(line.threads(change).empty());
  for (const auto& [context, state] : line.statuses(change)) EXPECT_EQ(state, "success") << context;
  expect_golden(line, change, "clean_change", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
