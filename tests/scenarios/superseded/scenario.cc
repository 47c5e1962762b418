#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A test that never ends by itself keeps the first job busy.
constexpr const char* kEndless = "import threading\n\n\ndef test_waits() -> None:\n    threading.Event().wait(600)\n";

TEST(Superseded, CancelsTheOldHeadSaysWhyAndNeverPostsForIt) {
  Line line;
  line.seed(small_project());
  const auto change =
      line.push("maya/slow", {{"tests/test_slow.py", kEndless}, {"src/shotlist/old.py", "import os\n"}});
  ASSERT_TRUE(
      line.wait_until("SELECT EXISTS (SELECT 1 FROM check_run WHERE name = 'pytest' AND state = 'running') AS value"));
  const std::string old_head = line.head("maya/slow");
  line.push(
      "maya/slow",
      {{"tests/test_slow.py", std::nullopt}, {"src/shotlist/old.py", std::nullopt}, {"README.md", "# Shotlist\n"}});
  line.settle();
  EXPECT_EQ(line.text("SELECT state AS value FROM job WHERE head_sha = '" + old_head + "'"), "cancelled");
  EXPECT_NE(line.text("SELECT reason AS value FROM job WHERE head_sha = '" + old_head + "'"), "");
  EXPECT_TRUE(line.threads(change).empty()) << "the old head's findings were posted";
  EXPECT_EQ(line.count("SELECT count(*) AS value FROM job WHERE state = 'finished'"), 1);
  expect_golden(line, change, "superseded", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
