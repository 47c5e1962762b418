// The check import-cost: when it is planned, and what the script counts in real imports.

#include <nlohmann/json.hpp>

#include "lib/json/json.h"
#include "tests/unit/checks/tools_fixture.h"

namespace greenroom::checks {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Result<std::vector<Check>> planned(const View& view) { return plan(view.project(), every_tool(), operators()); }

const View kProject{{"src/shotlist/__init__.py", "src/shotlist/io/__init__.py", "render/__init__.py",
                     "tests/__init__.py", "tests/test_a.py", "9lives/__init__.py"},
                    {},
                    {}};

std::vector<std::string> modules_of(const Check& check) {
  const auto after_roots = std::find(check.argv.rbegin(), check.argv.rend(), "--root").base() + 1;
  return {after_roots, check.argv.end()};
}

TEST(ImportCostPlan, RunsWhenItIsAskedForOnly) {
  View view = kProject;
  EXPECT_EQ(find(*planned(view), "import-cost"), nullptr);
  view.base[".greenroom.yml"] = "checks: {enabled: [import-cost, pytest]}\n";
  const auto named = planned(view);
  ASSERT_THAT(names_of(*named), ElementsAre("pytest", "import-cost"));
  EXPECT_THAT(modules_of(*find(*named, "import-cost")), ElementsAre("render", "shotlist"));
  view.base[".greenroom.yml"] = "checks: {import_cost: [shotlist.io]}\n";
  const auto listed = planned(view);
  ASSERT_THAT(names_of(*listed), ElementsAre("pytest", "import-cost"));
  EXPECT_THAT(modules_of(*find(*listed, "import-cost")), ElementsAre("shotlist.io"));
  view.base[".greenroom.yml"] = "checks: {import_cost: [shotlist], disabled: [import-cost]}\n";
  EXPECT_EQ(find(*planned(view), "import-cost"), nullptr);
  EXPECT_EQ(find(*planned({{"a.sh"}, {}, {{".greenroom.yml", "checks: {enabled: [import-cost]}\n"}}}), "import-cost"),
            nullptr)
      << "there is no package";
}

TEST(ImportCostPlan, ExecutesTheChangeAndIsHeldBackLikeTests) {
  View view = kProject;
  view.base[".greenroom.yml"] = "checks: {import_cost: [shotlist]}\n";
  const auto checks = planned(view);
  const Check& check = *find(*checks, "import-cost");
  EXPECT_TRUE(model::executes_the_change(check.kind));
  EXPECT_EQ(check.access, sandbox::WorkspaceAccess::throw_away);
  EXPECT_THAT(check.argv, Contains("-I"));
}

TEST(ImportCostPlan, TakesNamesOfModulesOnly) {
  View view = kProject;
  for (const char* name : {"--report=x", "a/b", "a..b", "a.", ".a", "1a", "a b", "\u00E9"}) {
    view.base[".greenroom.yml"] = std::string("checks: {import_cost: ['") + name + "']}\n";
    const auto checks = planned(view);
    ASSERT_FALSE(checks) << name;
    EXPECT_THAT(checks.error().message, HasSubstr("takes names of modules, for instance 'shotlist.render'")) << name;
  }
}

class ImportCost : public Tools {
 protected:
  json::Value measure(const std::string& modules) {
    view_.base[".greenroom.yml"] = "checks: {import_cost: [" + modules + "]}\n";
    const auto outcome = run("import-cost");
    log_ = printed(outcome);
    EXPECT_EQ(outcome.artefacts.size(), 1u) << log_;
    auto report = json::parse(outcome.artefacts.empty() ? "" : outcome.artefacts[0].content);
    EXPECT_TRUE(report) << log_;
    return report ? json::member(*report, "modules") : json::Value();
  }
  std::string log_;
};

TEST_F(ImportCost, CountsFilesPathsAndListingsOfOneImport) {
  add("few/__init__.py", "");
  add("many/__init__.py", "from many import a, b, c, d\nimport many.e.f\n");
  for (const char* name : {"a", "b", "c", "d", "e/__init__", "e/f"})
    add("many/" + std::string(name) + ".py", "x = 1\n");
  const auto modules = measure("few, many");
  ASSERT_EQ(modules.size(), 2u);
  EXPECT_EQ(modules[0]["loaded"], 1);
  EXPECT_EQ(modules[0]["opened"], 1) << "its byte code, which the first start left";
  EXPECT_EQ(modules[1]["loaded"], 7);
  EXPECT_EQ(modules[1]["opened"], 7);
  EXPECT_EQ(modules[1]["listed"], 3) << "the root, many, many/e";
  EXPECT_GT(modules[1]["looked"], modules[0]["looked"]);
  EXPECT_GT(modules[1]["ms"], 0);
  EXPECT_EQ(modules[1]["mostly"]["kind"], "yours");
  EXPECT_THAT(log_, AllOf(HasSubstr("import many: "), HasSubstr(" ms the first time"), HasSubstr("many (yours)")));
}

TEST_F(ImportCost, SharesItOutBetweenYoursPackagesAndTheStandardLibrary) {
  add("tool/__init__.py", "import pytest\n");
  const auto modules = measure("tool");
  EXPECT_NE(json::text(json::member(modules[0], "mostly"), "kind"), "yours");
  EXPECT_THAT(log_,
              AllOf(HasSubstr("\n  tool (yours)  "), HasSubstr("\n  _pytest  "), HasSubstr("\n  standard library ")));
  EXPECT_LT(log_.find("tool (yours)"), log_.find("_pytest"));
}

TEST_F(ImportCost, ChargesALookInVainToWhoeverLooked) {
  add("sure/__init__.py", "x = 1\n");
  add("hopeful/__init__.py", "try:\n    import no_such_package\nexcept ImportError:\n    pass\n");
  const auto modules = measure("sure, hopeful");
  EXPECT_EQ(modules[1]["loaded"], 1);
  EXPECT_GT(modules[1]["looked"], modules[0]["looked"]);
}

TEST_F(ImportCost, InformsWhenAModuleStopsOrEndsTheProcess) {
  add("needs/__init__.py", "import maya.cmds\n");
  add("leaves/__init__.py", "import sys\nsys.exit('no display')\n");
  add("quits/__init__.py", "import os\nos._exit(0)\n");
  add("prints/__init__.py", "print('x' * 100000)\n");
  const auto modules = measure("needs, leaves, quits, prints");
  EXPECT_EQ(modules[0]["failure"], "ModuleNotFoundError: No module named 'maya'");
  EXPECT_EQ(modules[1]["failure"], "SystemExit: no display");
  EXPECT_EQ(modules[2]["failure"], "the module ended the process");
  EXPECT_EQ(modules[3]["failure"], "");
  EXPECT_THAT(log_, Not(HasSubstr("xxxx")));
  EXPECT_THAT(log_, HasSubstr("import needs: stopped. ModuleNotFoundError: No module named 'maya'"));
}

TEST_F(ImportCost, LetsNoModuleOfTheProjectStandInForOneOfItsOwn) {
  add("json.py", "raise SystemExit('taken over')\n");
  add("subprocess.py", "raise SystemExit('taken over')\n");
  add("plain/__init__.py", "");
  const auto modules = measure("plain");
  ASSERT_EQ(modules.size(), 1u);
  EXPECT_EQ(json::integer(modules[0], "opened"), 1) << json::text(modules[0], "failure");
}

}  // namespace
}  // namespace greenroom::checks
