#include "lib/store/practice_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/json/json.h"
#include "lib/store/finding_json.h"
#include "lib/store/names.h"

namespace greenroom::store {
namespace {

json::Value check_value(const model::CheckResult& check) {
  const bool printed_by_the_change = model::executes_the_change(check.kind);
  return {{"name", check.name},
          {"kind", model::name_of(check.kind)},
          {"state", model::name_of(check.state)},
          {"headline", check.headline},
          {"what", check.what},
          {"why", check.why},
          {"run_yourself", check.run_yourself},
          {"passed", check.tests.passed},
          {"failed", check.tests.failed},
          {"errors", check.tests.errors},
          {"skipped", check.tests.skipped},
          {"log", printed_by_the_change ? shorten(check.log_head, kTryLog) : ""},
          {"patch", shorten(scrub_utf8(check.patch), kTryLog)}};
}

Result<model::CheckResult> check_in(const json::Value& value) {
  const auto number = [&](const char* key) { return static_cast<int>(json::integer(value, key)); };
  model::CheckResult check;
  try {  // a word that is none of ours
    check.kind = check_kind_named(json::text(value, "kind"));
    check.state = check_state_named(json::text(value, "state"));
  } catch (const std::logic_error& wrong) {
    return user_fault(wrong.what());
  }
  check.name = json::text(value, "name");
  check.headline = json::text(value, "headline");
  check.what = json::text(value, "what");
  check.why = json::text(value, "why");
  check.run_yourself = json::text(value, "run_yourself");
  check.tests = {number("passed"), number("failed"), number("errors"), number("skipped")};
  check.log_head = json::text(value, "log");
  check.patch = json::text(value, "patch");
  return check;
}

json::Value ran_value(const std::optional<model::Ran>& ran) {
  if (!ran) return nullptr;
  return {
      {"ending", ran->ending}, {"well", ran->well}, {"took", ran->took.count()}, {"out", ran->out}, {"err", ran->err}};
}

std::optional<model::Ran> ran_in(const json::Value& value) {
  if (!value.is_object()) return std::nullopt;
  return model::Ran{json::text(value, "ending"), json::boolean(value, "well"),
                    std::chrono::milliseconds(json::integer(value, "took")), json::text(value, "out"),
                    json::text(value, "err")};
}

// Those on the author's lines first, where there are too many; then as they were sorted.
std::vector<model::Finding> bounded(std::vector<model::Finding> findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto& a, const auto& b) { return a.placement < b.placement; });
  if (findings.size() > kTryFindings) findings.resize(kTryFindings);
  return findings;
}

}  // namespace

std::string to_json(const model::PracticeReport& report) {
  json::Value checks = json::Value::array();
  for (const auto& check : report.checks) checks.push_back(check_value(check));
  return json::dump({{"checks", std::move(checks)},
                     {"findings", findings_value(bounded(report.findings))},
                     {"ran", ran_value(report.ran)},
                     {"config_error", report.config_error}});
}

Result<model::PracticeReport> practice_report_from_json(std::string_view text) {
  GREENROOM_TRY(value, json::parse(text));
  if (!value.is_object()) return user_fault("this is no report of a try");
  model::PracticeReport report;
  for (const auto& one : json::member(value, "checks")) {
    GREENROOM_TRY(check, check_in(one));
    report.checks.push_back(std::move(check));
  }
  GREENROOM_TRY(findings, findings_in(json::member(value, "findings")));
  report.findings = std::move(findings);
  report.ran = ran_in(json::member(value, "ran"));
  report.config_error = json::text(value, "config_error");
  return report;
}

}  // namespace greenroom::store
