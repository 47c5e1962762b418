#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kCode = "import os\n\n\ndef double(value: int) -> int:\n    return 2 * value\n";
constexpr const char* kMended = "def double(value: int) -> int:\n    return 2 * value\n";
constexpr const char* kTest =
    "from shotlist.double import double\n\n\ndef test_it_doubles() -> None:\n    assert double(2) == 4\n";

TEST(StrangerWaits, IsReadAtOnceTestedAfterAWordAndWaitsAgainAfterAPush) {
  Line::Options options;
  options.approval = "tests";
  Line line(options);
  line.seed(small_project());
  const auto change = line.push("maya/double", {{"src/shotlist/double.py", kCode}, {"tests/test_double.py", kTest}});
  line.settle();
  expect_golden(line, change, "stranger_waits", "waiting");
  EXPECT_EQ(line.statuses(change)["greenroom/pytest"], "pending");
  EXPECT_EQ(line.statuses(change)["greenroom"], "pending");
  EXPECT_EQ(line.threads(change).size(), 1U) << "the review of what was read is there already";

  line.comment(change, "maya", "/ok-to-test");
  line.settle();
  EXPECT_EQ(line.statuses(change)["greenroom/pytest"], "pending") << "not by herself";

  line.comment(change, "ben", "/ok-to-test");
  line.settle();
  expect_golden(line, change, "stranger_waits", "tested");
  EXPECT_EQ(line.statuses(change)["greenroom/pytest"], "success");
  EXPECT_EQ(line.threads(change).size(), 1U);
  EXPECT_EQ(line.count("SELECT count(*) AS value FROM job"), 2);
  EXPECT_EQ(line.count("SELECT count(*) AS value FROM check_run a JOIN check_run b ON a.name = b.name AND a.job_id < "
                       "b.job_id AND a.finished_at = b.finished_at"),
            line.count("SELECT count(*) - 1 AS value FROM check_run WHERE job_id = (SELECT min(id) FROM job)"))
      << "everything but the tests was kept, not run again";

  line.push("maya/double", {{"src/shotlist/double.py", kMended}});
  line.settle();
  expect_golden(line, change, "stranger_waits", "waiting_again");
  EXPECT_EQ(line.statuses(change)["greenroom/pytest"], "pending");
  EXPECT_TRUE(line.threads(change).at(0).resolved) << "what only needs reading does not wait";
  EXPECT_EQ(line.count("SELECT count(*) AS value FROM local_host.ledger WHERE effect_key LIKE '%summary%' AND action = "
                       "'create_comment'"),
            1)
      << "one living comment";
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
