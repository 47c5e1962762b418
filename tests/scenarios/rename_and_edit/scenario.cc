#include <gmock/gmock.h>

#include "tests/line/golden.h"
#include "tests/scenarios/project.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(RenameAndEdit, ConcernsOnlyTheEditedLinesAndKeepsAThreadOverTheRename) {
  Line line;
  Files project = small_project();
  project["src/shotlist/old.py"] =
      "import os\n\n\ndef first():\n    return 1\n\n\ndef second():\n    return 2\n\n\ndef third():\n    return 3\n";
  line.seed(project);
  line.rename("maya/rename", "src/shotlist/old.py", "src/shotlist/new.py");
  const std::string edited =
      "import os\n\n\ndef first():\n    return 1\n\n\ndef second():\n    return 2\n\n\ndef third():\n    value = 4\n   "
      " return 3\n";
  const auto change = line.push("maya/rename", {{"src/shotlist/new.py", edited}});
  line.settle();
  const auto threads = line.threads(change);
  ASSERT_EQ(threads.size(), 1u);  // the unused import was there before: it is not the author's
  EXPECT_EQ(threads[0].line, 13);

  line.rename("maya/rename", "src/shotlist/new.py", "src/shotlist/newest.py");
  line.push("maya/rename", {});
  line.settle();
  ASSERT_EQ(line.threads(change).size(), 1u);
  EXPECT_FALSE(line.threads(change)[0].resolved);
  expect_golden(line, change, "rename_and_edit", "expected");
  line.assert_invariants();
}

}  // namespace
}  // namespace greenroom::testing
