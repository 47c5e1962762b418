#include <gtest/gtest.h>

#include "lib/pipeline/verdict.h"

namespace greenroom::pipeline {
namespace {

model::CheckResult read(const std::string& report) {
  checks::Check check;
  check.name = check.format = "import-cost";
  check.kind = model::CheckKind::test;
  sandbox::SandboxOutcome outcome;
  outcome.process.exit_code = 0;
  if (!report.empty()) outcome.artefacts = {{"import-cost.json", report}};
  model::CheckResult result = waiting(check);
  result.state = model::CheckState::running;
  read_outcome(
      check, outcome, [](std::string_view) { return std::string_view(); }, "/work/", result);
  conclude(result, 0);
  return result;
}

TEST(Informing, ACheckThatOnlyMeasuresPassesWithWhatItMeasured) {
  const auto measured = read(R"({"modules": [{"name": "a", "opened": 2, "looked": 3, "ms": 4}]})");
  EXPECT_EQ(measured.state, model::CheckState::passed);
  EXPECT_EQ(measured.headline, "import a: 2 files opened, 3 paths looked at, 4 ms");
}

TEST(Informing, ItIsSkippedWithTheReasonWhereNothingCouldBeMeasured) {
  const auto stopped = read(R"({"modules": [{"name": "a", "failure": "ImportError: x"}]})");
  EXPECT_EQ(stopped.state, model::CheckState::skipped);
  EXPECT_EQ(stopped.headline, "import a stopped: ImportError: x");
  EXPECT_EQ(read("").state, model::CheckState::incomplete);
}

}  // namespace
}  // namespace greenroom::pipeline
