#include <gmock/gmock.h>

#include <csignal>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(BotKilled, BetweenPostAndRecordPostsNothingTwice) {
  Line::Options options;
  options.services = {"webhook", "runner", "dashboard"};
  Line line(options);
  line.seed(small_project());
  // Over a create: what comes before it, the buddy's assignment, may be done twice without harm.
  line.start("bot", {{"GREENROOM_CRASH_AT", "after_host_create_before_record"}});
  const auto change = line.push("maya/bot", {{"src/shotlist/old.py", "import os\n"}});
  ASSERT_TRUE(line.wait_exit("bot", std::chrono::seconds(60))) << "the crash point was never reached";
  EXPECT_EQ(line.count("SELECT count(*) AS value FROM local_host.ledger WHERE action LIKE 'create%'"), 1);
  line.start("bot");
  line.settle();
  EXPECT_EQ(line.threads(change).size(), 1u);
  EXPECT_EQ(line.count("SELECT count(*) AS value FROM local_host.comment WHERE thread_id IS NULL"), 1);
  expect_golden(line, change, "bot_killed", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
