#include "lib/sandbox/plan_check.h"

#include <gtest/gtest.h>

#include <functional>

namespace greenroom::sandbox {
namespace {

Plan good() {
  Plan plan;
  plan.argv = {"/usr/bin/env"};
  plan.workspace = "/usr";
  plan.scratch = "/tmp/scratch";
  plan.artefacts = {"a/b.xml"};
  plan.files = {{"pylintrc", ""}};
  plan.binds = {{"/usr", "/tools"}};
  plan.environment = {{"A_1", "x"}};
  return plan;
}

TEST(PlanCheck, RefusesRootAndNobodyElse) {
  ASSERT_FALSE(refuse_root(0));
  EXPECT_EQ(refuse_root(0).error().kind, ErrorKind::rejected);
  EXPECT_TRUE(refuse_root(1));
  EXPECT_TRUE(refuse_root(10001));
}

TEST(PlanCheck, AcceptsAGoodPlan) {
  const auto checked = check_plan(good());
  EXPECT_TRUE(checked) << checked.error().describe();
}

TEST(PlanCheck, RefusesWhatNoCallerShouldAskFor) {
  const std::vector<std::pair<const char*, std::function<void(Plan&)>>> faults = {
      {"no program", [](Plan& plan) { plan.argv.clear(); }},
      {"program by name", [](Plan& plan) { plan.argv[0] = "env"; }},
      {"program with ..", [](Plan& plan) { plan.argv[0] = "/usr/../etc/x"; }},
      {"zero byte", [](Plan& plan) { plan.argv.push_back(std::string("a\0b", 3)); }},
      {"relative workspace", [](Plan& plan) { plan.workspace = "work"; }},
      {"whole machine", [](Plan& plan) { plan.workspace = "/"; }},
      {"bind under work", [](Plan& plan) { plan.binds[0].to = "/work/tools"; }},
      {"bind over work", [](Plan& plan) { plan.binds[0].to = "/work"; }},
      {"bind over tmp", [](Plan& plan) { plan.binds[0].to = "/tmp"; }},
      {"bind under the artefacts", [](Plan& plan) { plan.binds[0].to = "/tmp/out/x"; }},
      {"bind through ..", [](Plan& plan) { plan.binds[0].to = "/tools/../work/x"; }},
      {"bind over root", [](Plan& plan) { plan.binds[0].to = "/"; }},
      {"file that leads out", [](Plan& plan) { plan.files[0].first = "../etc/passwd"; }},
      {"absolute file", [](Plan& plan) { plan.files[0].first = "/x"; }},
      {"variable with =", [](Plan& plan) { plan.environment[0].first = "A=B"; }},
      {"variable with digit", [](Plan& plan) { plan.environment[0].first = "1A"; }},
      {"artefact that leads out", [](Plan& plan) { plan.artefacts[0] = "a/../../x"; }},
      {"no scratch", [](Plan& plan) { plan.scratch.clear(); }},
      {"relative root filesystem", [](Plan& plan) { plan.root = "root"; }},
      {"the machine as root filesystem", [](Plan& plan) { plan.root = "/"; }},
  };
  for (const auto& [name, spoil] : faults) {
    Plan plan = good();
    spoil(plan);
    const auto checked = check_plan(plan);
    ASSERT_FALSE(checked) << name;
    EXPECT_EQ(checked.error().kind, ErrorKind::bug) << name;
  }
}

TEST(PlanCheck, SaysWhatIsMissingOnTheMachine) {
  Plan plan = good();
  plan.argv[0] = "/tools/bin/no-such";
  EXPECT_EQ(check_plan(plan).error().kind, ErrorKind::not_found);
  plan = good();
  plan.workspace = "/no/such/workspace";
  EXPECT_EQ(check_plan(plan).error().kind, ErrorKind::not_found);
  plan = good();
  plan.root = "/no/such/root";
  EXPECT_EQ(check_plan(plan).error().kind, ErrorKind::not_found);
  plan = good();
  plan.root = "/usr/share";  // where there is no usr/bin/env
  EXPECT_EQ(check_plan(plan).error().kind, ErrorKind::not_found);
  plan = good();
  plan.binds[0].from = "/no/such/tools";
  EXPECT_EQ(check_plan(plan).error().kind, ErrorKind::not_found);
}

TEST(PlanCheck, ABoundProgramIsLookedForWhereItReallyLies) {
  Plan plan = good();
  plan.argv[0] = "/tools/bin/env";
  EXPECT_TRUE(check_plan(plan));
  plan.argv[0] = "/work/run.sh";  // only the job can tell
  EXPECT_TRUE(check_plan(plan));
}

}  // namespace
}  // namespace greenroom::sandbox
