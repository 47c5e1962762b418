#include "lib/work/admission.h"

#include <gmock/gmock.h>

namespace greenroom::work {
namespace {

using model::CheckKind;
using model::CheckState;
using model::MayRun;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<checks::Check> planned() {
  std::vector<checks::Check> all;
  for (const auto& [name, kind] : {std::pair{"black", CheckKind::format}, std::pair{"flake8", CheckKind::lint},
                                   std::pair{"mypy", CheckKind::type}, std::pair{"pytest", CheckKind::test}}) {
    all.emplace_back().name = name;
    all.back().kind = kind;
  }
  return all;
}

std::vector<std::string> names(const std::vector<checks::Check>& checks) {
  std::vector<std::string> all;
  for (const auto& check : checks) all.push_back(check.name);
  return all;
}

std::vector<CheckState> states(const pipeline::Report& report) {
  std::vector<CheckState> all;
  for (const auto& check : report.checks) all.push_back(check.state);
  return all;
}

model::CheckResult result(const std::string& name, CheckState state) {
  model::CheckResult one;
  one.name = name;
  one.state = state;
  return one;
}

model::Finding finding(const std::string& check, const std::string& path, int line) {
  model::Finding one;
  one.check = one.diagnostic.tool = check;
  one.diagnostic.path = path;
  one.diagnostic.span.line = line;
  return one;
}

TEST(Admission, GivesTheSandboxOnlyWhatTheLeaseAllows) {
  const auto everything = admit(planned(), MayRun::everything, {});
  EXPECT_THAT(names(everything.to_run), ElementsAre("black", "flake8", "mypy", "pytest"));
  const auto reading = admit(planned(), MayRun::reading, {});
  EXPECT_THAT(names(reading.to_run), ElementsAre("black", "flake8", "mypy"));
  EXPECT_THAT(states(reading.standing),
              ElementsAre(CheckState::queued, CheckState::queued, CheckState::queued, CheckState::waiting));
  const auto nothing = admit(planned(), MayRun::nothing, {});
  EXPECT_THAT(nothing.to_run, IsEmpty());
  EXPECT_THAT(states(nothing.standing),
              ElementsAre(CheckState::waiting, CheckState::waiting, CheckState::waiting, CheckState::waiting));
  EXPECT_THAT(admit(planned(), model::Job{}.may_run, {}).to_run, IsEmpty()) << "a job of which nothing is known";
}

TEST(Admission, RunsNothingAgainThatCameToAnEnd) {
  const pipeline::Report kept{{result("black", CheckState::passed), result("flake8", CheckState::attention),
                               result("mypy", CheckState::errored), result("pytest", CheckState::waiting)},
                              {finding("flake8", "a.py", 3), finding("mypy", "a.py", 1)}};
  const auto admission = admit(planned(), MayRun::everything, kept);
  EXPECT_THAT(names(admission.to_run), ElementsAre("mypy", "pytest"));
  EXPECT_THAT(states(admission.standing),
              ElementsAre(CheckState::passed, CheckState::attention, CheckState::queued, CheckState::queued));
  ASSERT_EQ(admission.standing.findings.size(), 1U) << "those of a check that runs again are found again";
  EXPECT_EQ(admission.standing.findings[0].check, "flake8");
}

std::vector<checks::Check> planned_with_environment() {
  auto all = planned();
  all.emplace(all.begin())->name = "environment";
  all.front().kind = CheckKind::environment;
  return all;
}

TEST(Admission, MakesAnEnvironmentForTheChecksThatNeedIt) {
  EXPECT_THAT(names(admit(planned_with_environment(), MayRun::reading, {}).to_run),
              ElementsAre("environment", "black", "flake8", "mypy"));
  auto without_types = planned_with_environment();
  std::erase_if(without_types, [](const auto& check) { return check.name == "mypy"; });
  const auto waits = admit(without_types, MayRun::reading, {});
  EXPECT_THAT(names(waits.to_run), ElementsAre("black", "flake8"));
  EXPECT_EQ(states(waits.standing).front(), CheckState::waiting);
}

TEST(Admission, FindsAnEnvironmentAgainForTestsThatMayRunNow) {
  pipeline::Report kept{
      {result("environment", CheckState::passed), result("black", CheckState::passed),
       result("flake8", CheckState::passed), result("mypy", CheckState::passed), result("pytest", CheckState::waiting)},
      {}};
  EXPECT_THAT(names(admit(planned_with_environment(), MayRun::everything, kept).to_run),
              ElementsAre("environment", "pytest"));
  kept.checks.back().state = CheckState::passed;
  const auto nothing = admit(planned_with_environment(), MayRun::everything, kept);
  EXPECT_THAT(nothing.to_run, IsEmpty());
  EXPECT_EQ(states(nothing.standing).front(), CheckState::passed);
}

TEST(Admission, KeepsWaitingWhatMayNotRunEvenIfAnEarlierJobSaysOtherwise) {
  const pipeline::Report kept{{result("pytest", CheckState::passed)}, {}};
  EXPECT_EQ(states(admit(planned(), MayRun::reading, kept).standing).back(), CheckState::waiting);
}

TEST(Admission, PutsWhatRanBesideWhatWasKept) {
  auto admission =
      admit(planned(), MayRun::everything, {{result("flake8", CheckState::attention)}, {finding("flake8", "b.py", 3)}});
  const auto report = completed(
      std::move(admission.standing),
      {{result("black", CheckState::passed), result("mypy", CheckState::passed), result("pytest", CheckState::failed)},
       {finding("pytest", "a.py", 9), finding("pytest", "c.py", 1)}});
  EXPECT_THAT(states(report),
              ElementsAre(CheckState::passed, CheckState::attention, CheckState::passed, CheckState::failed));
  ASSERT_EQ(report.findings.size(), 3U);
  EXPECT_EQ(report.findings[0].diagnostic.path, "a.py");
  EXPECT_EQ(report.findings[1].diagnostic.path, "b.py");
  EXPECT_EQ(report.findings[2].diagnostic.path, "c.py");
}

}  // namespace
}  // namespace greenroom::work
