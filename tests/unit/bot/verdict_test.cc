#include "lib/bot/approval.h"

#include <gtest/gtest.h>

namespace greenroom::bot {
namespace {

using hosts::Permission;
using model::MayRun;
using Required = ApprovalRule::Required;

struct Case {
  const char* name;
  ApprovalRule rule;
  Trust trust;
  MayRun may_run;
};

TEST(Verdict, LetsCodeRunOnlyWhereSomebodyAnswersForIt) {
  const ApprovalRule tests{Required::tests, 0}, everything{Required::everything, 0}, after_two{Required::tests, 2};
  for (const auto& [name, rule, trust, may_run] : {
           Case{"a stranger", tests, {"maya", Permission::read, 0, "", {}}, MayRun::reading},
           Case{
               "a stranger where everything waits", everything, {"maya", Permission::read, 0, "", {}}, MayRun::nothing},
           Case{"somebody of whom the host knows nothing",
                tests,
                {"maya", Permission::none, 0, "", {}},
                MayRun::reading},
           Case{"nothing waits", {Required::never, 0}, {"maya", Permission::none, 0, "", {}}, MayRun::everything},
           Case{"triage rights", tests, {"maya", Permission::triage, 0, "", {}}, MayRun::everything},
           Case{"triage rights where everything waits",
                everything,
                {"ben", Permission::triage, 0, "", {}},
                MayRun::everything},
           Case{"approved", tests, {"maya", Permission::read, 0, "ben", Permission::write}, MayRun::everything},
           Case{"approved where everything waits",
                everything,
                {"maya", Permission::read, 0, "ben", Permission::admin},
                MayRun::everything},
           Case{"approved by one who only triages",
                tests,
                {"maya", Permission::read, 0, "ben", Permission::triage},
                MayRun::reading},
           Case{"approved by one who has left",
                tests,
                {"maya", Permission::read, 0, "ben", Permission::none},
                MayRun::reading},
           Case{"rights of nobody", tests, {"maya", Permission::read, 0, "", Permission::admin}, MayRun::reading},
           Case{"merged changes do not count by themselves",
                tests,
                {"maya", Permission::read, 99, "", {}},
                MayRun::reading},
           Case{"one merged of two", after_two, {"maya", Permission::read, 1, "", {}}, MayRun::reading},
           Case{"two merged of two", after_two, {"maya", Permission::read, 2, "", {}}, MayRun::everything},
       }) {
    const auto verdict = verdict_on(rule, trust);
    EXPECT_EQ(verdict.may_run, may_run) << name;
    EXPECT_EQ(verdict.because.empty(), may_run != MayRun::everything) << name;
  }
}

TEST(Verdict, IsStrictWhereNobodyHasSetAnything) {
  EXPECT_EQ(verdict_on({}, {}).may_run, MayRun::reading);
  EXPECT_EQ(ApprovalRule().trust_after_merged, 0);
}

TEST(Verdict, RulesHaveThreeNames) {
  EXPECT_EQ(required_named("never"), Required::never);
  EXPECT_EQ(required_named("tests"), Required::tests);
  EXPECT_EQ(required_named("everything"), Required::everything);
  for (const auto* word : {"", "Never", "off", "false"}) EXPECT_EQ(required_named(word), std::nullopt) << word;
}

}  // namespace
}  // namespace greenroom::bot
