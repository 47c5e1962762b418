#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kTest =
    "from shotlist.naming import parse\n\n\ndef test_a_name_is_parsed() -> None:\n    assert parse(\"nonsense\") is "
    "not None\n";

TEST(FailingTest, IsNamedWithItsLineAndMessage) {
  Line line;
  line.seed(small_project());
  const auto change = line.push("maya/failing", {{"tests/test_parse.py", kTest}});
  line.settle();
  EXPECT_EQ(line.statuses(change)["greenroom/pytest"], "failure");
  EXPECT_THAT(line.summary(change), HasSubstr("test_a_name_is_parsed"));
  expect_golden(line, change, "failing_test", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
