#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kShow = "import os\n\n\ndef show() -> int:\n    return 1\n";
constexpr const char* kTest = "def test_that_nobody_collects() -> None:\n    assert True\n";

TEST(OddFileName, IsNamedAndTheOtherFilesAreCheckedAsUsual) {
  Line line;
  line.seed(small_project());
  const auto change = line.push(
      "maya/odd",
      {{"src/shotlist/sh\xffow.py", kShow}, {"tests/test_sh\xffow.py", kTest}, {"src/shotlist/show.py", kShow}});
  line.settle();
  EXPECT_EQ(line.count("SELECT count(*) AS value FROM check_run WHERE state IN ('errored', 'incomplete')"), 0);
  const std::string summary = line.summary(change);
  EXPECT_THAT(
      summary,
      AllOf(HasSubstr("Next step: rename src/shotlist/sh\\\\xffow.py, tests/test\\_sh\\\\xffow.py in plain letters"),
            Not(HasSubstr("crashed")), Not(HasSubstr("of 3 files"))));
  ASSERT_EQ(line.threads(change).size(), 1u) << "the unused import of show.py";
  EXPECT_EQ(line.threads(change)[0].path, "src/shotlist/show.py");
  expect_golden(line, change, "odd_file_name", "expected");

  line.rename("maya/odd", "src/shotlist/sh\xffow.py", "src/shotlist/shown.py");
  line.rename("maya/odd", "tests/test_sh\xffow.py", "tests/test_shown.py");
  line.push("maya/odd", {});
  line.settle();
  EXPECT_THAT(line.summary(change), AllOf(Not(HasSubstr("file-names")), HasSubstr("shown.py")));
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
