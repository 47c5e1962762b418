#include "tests/browser/practice_sample.h"

#include <stdexcept>

#include "lib/queue/practice.h"
#include "lib/store/practice_report.h"

namespace greenroom::testing {
namespace {

model::CheckResult check(const std::string& name, model::CheckKind kind, model::CheckState state,
                         const std::string& headline, const std::string& what) {
  model::CheckResult result;
  result.name = name;
  result.kind = kind;
  result.state = state;
  result.headline = headline;
  result.what = what;
  return result;
}

model::Finding finding(const std::string& tool, const std::string& code, int line, const std::string& message) {
  model::Finding finding;
  finding.check = finding.diagnostic.tool = tool;
  finding.diagnostic.code = code;
  finding.diagnostic.path = "snippet.py";
  finding.diagnostic.span = {line, 1, line, 10};
  finding.diagnostic.message = message;
  finding.placement = model::Placement::author_line;
  finding.fingerprint = code + std::to_string(line);
  return finding;
}

}  // namespace

model::PracticeReport practice_sample() {
  using enum model::CheckState;
  model::PracticeReport report;
  report.checks = {
      check("black", model::CheckKind::format, attention, "1 file", "Looks at the layout of Python files."),
      check("flake8", model::CheckKind::lint, attention, "2 to look at", "Looks for slips in Python files."),
      check("mypy", model::CheckKind::type, passed, "nothing to look at", "Checks types.")};
  report.checks[0].run_yourself = "black snippet.py";
  report.checks[0].patch =
      "--- a/snippet.py\n+++ b/snippet.py\n@@ -1,2 +1,2 @@\n import os\n-print( 'hello' )\n+print(\"hello\")\n";
  report.findings = {finding("black", "", 2, "would be laid out differently"),
                     finding("flake8", "F401", 1, "'os' imported but unused"),
                     finding("flake8", "XYZ1", 2, "a rule that has no lesson yet")};
  report.ran = model::Ran{"ended with exit code 3", false, std::chrono::milliseconds(412),
                          "hello from the sandbox\nframe 0001\nframe 0002\n", "Traceback: shot 30 is not there\n"};
  return report;
}

void finish_try(SeededDashboard& dashboard, const std::string& path, const model::PracticeReport& report) {
  const auto lease = queue::claim_try(dashboard.database.connection(), "test").value();
  if (!lease || "/practice/" + to_string(lease->id) != path) throw std::runtime_error("another try waits: " + path);
  if (!queue::finish_try(dashboard.database.connection(), *lease, store::to_json(report)).value())
    throw std::runtime_error("not finished");
}

}  // namespace greenroom::testing
