#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

constexpr const char* kTest = "import threading\n\n\ndef test_it_ends() -> None:\n    threading.Event().wait(600)\n";

TEST(EndlessTest, IsNamedWithItsLimitAndIsNoFaultOfGreenrooms) {
  Line line;
  Files project = small_project();
  project[".greenroom.yml"] = "checks: {test_seconds: 10}\n";
  line.seed(project);
  const auto change = line.push("maya/endless", {{"tests/test_zz_endless.py", kTest}});
  line.settle();
  EXPECT_EQ(line.statuses(change)["greenroom/pytest"], "neutral") << "they neither passed nor failed";
  expect_golden(line, change, "endless_test", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
