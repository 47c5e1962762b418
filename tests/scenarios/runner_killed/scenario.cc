#include <gmock/gmock.h>

#include <csignal>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Long enough for the runner to be killed in the middle of it.
constexpr const char* kEndless = "import threading\n\n\ndef test_waits() -> None:\n    threading.Event().wait(8)\n";

TEST(RunnerKilled, TheJobRunsAgainElsewhereAndNothingIsPostedTwice) {
  Line line;
  line.seed(small_project());
  const auto change =
      line.push("maya/killed", {{"tests/test_slow.py", kEndless}, {"src/shotlist/old.py", "import os\n"}});
  ASSERT_TRUE(
      line.wait_until("SELECT EXISTS (SELECT 1 FROM check_run WHERE name = 'pytest' AND state = 'running') AS value"));
  line.signal("runner", SIGKILL);
  ASSERT_TRUE(line.wait_exit("runner", std::chrono::seconds(10)));
  line.start("runner");
  line.settle(std::chrono::seconds(120));
  EXPECT_EQ(line.text("SELECT attempts AS value FROM job"), "2");
  EXPECT_EQ(line.text("SELECT state AS value FROM job"), "finished");
  EXPECT_EQ(line.threads(change).size(), 1u);
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
