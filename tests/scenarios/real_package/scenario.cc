#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Real code: a package that Debian ships is the project, another one is the change.
TEST(RealPackage, IsReviewedWithoutOneToolCrashing) {
  Line line;
  line.seed(debian_package("pluggy"));
  const auto change = line.push("maya/package", debian_package("iniconfig"));
  line.settle(std::chrono::seconds(150));
  EXPECT_EQ(line.text("SELECT string_agg(name || ': ' || headline || convert_from(log_head, 'UTF8'), ', ') AS value "
                      "FROM check_run WHERE state = 'errored'"),
            "");
  EXPECT_GE(line.count("SELECT count(*) AS value FROM check_run WHERE state IN ('passed', 'attention', 'failed')"), 4);
  EXPECT_NE(line.summary(change), "");
  EXPECT_LE(line.threads(change).size(), 3u);
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
