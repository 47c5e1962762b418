#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Crlf, PlacesFindingsOnTheRightLines) {
  Line line;
  Files project = small_project();
  project["src/shotlist/windows.py"] = "def one():\r\n    return 1\r\n\r\n\r\ndef two():\r\n    return 2\r\n";
  line.seed(project);
  const auto change = line.push(
      "maya/crlf", {{"src/shotlist/windows.py",
                     "def one():\r\n    return 1\r\n\r\n\r\ndef two():\r\n    answer = 3\r\n    return 2\r\n"}});
  line.settle();
  const auto threads = line.threads(change);
  ASSERT_EQ(threads.size(), 1u);
  EXPECT_EQ(threads[0].line, 6);
  expect_golden(line, change, "crlf", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
