#include <gmock/gmock.h>

#include "tests/unit/cli/program.h"

namespace greenroom::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ImportCost : public Program {
 protected:
  ImportCost() { folder_.write("tree/shotlist/__init__.py", "import json\n"); }
};

TEST_F(ImportCost, MeasuresWhatTheFolderAndThePathHold) {
  const Answer answer = greenroom({"import-cost", "shotlist"});
  EXPECT_EQ(answer.code, 0) << answer.err;
  EXPECT_THAT(answer.out,
              AllOf(StartsWith("import shotlist: "), HasSubstr("shotlist (yours)"), HasSubstr("\n  together ")));
  folder_.write("packages/render/__init__.py", "");
  environment_["PYTHONPATH"] = folder_ / "packages";
  EXPECT_THAT(greenroom({"import-cost", "render"}).out, StartsWith("import render: "));
}

TEST_F(ImportCost, SaysWhereAnImportStops) {
  const Answer answer = greenroom({"import-cost", "shotlist", "no_such_module"});
  EXPECT_EQ(answer.code, 1);
  EXPECT_THAT(answer.out, HasSubstr("import no_such_module: stopped. ModuleNotFoundError: No module named"));
}

TEST_F(ImportCost, ExplainsWhatItTakes) {
  EXPECT_THAT(greenroom({"import-cost"}).err, HasSubstr("name a module"));
  EXPECT_THAT(greenroom({"import-cost", "shotlist.py/x"}).err, HasSubstr("is no module's name"));
  EXPECT_EQ(greenroom({"import-cost", "-x"}).code, 2);
  EXPECT_NE(greenroom({"import-cost", "--python", "/no/such/python", "shotlist"}).code, 0);
}

}  // namespace
}  // namespace greenroom::cli
