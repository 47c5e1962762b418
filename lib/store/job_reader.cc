#include "lib/store/job_reader.h"

#include "lib/pg/query.h"
#include "lib/store/finding_json.h"
#include "lib/store/names.h"

namespace greenroom::store {
namespace {

int number(const pg::Row& row, std::string_view column) { return static_cast<int>(row.integer(column)); }

model::CheckResult check_of(const pg::Row& row) {
  model::CheckResult check;
  check.name = row.text("name");
  check.kind = check_kind_named(row.text("kind"));
  check.state = check_state_named(row.text("state"));
  check.headline = row.text("headline");
  check.what = row.text("what");
  check.why = row.text("why");
  check.run_yourself = row.text("run_yourself");
  check.tool_version = row.text("tool_version");
  check.tests = {number(row, "tests_passed"), number(row, "tests_failed"), number(row, "tests_errors"),
                 number(row, "tests_skipped")};
  check.limit = limit_named(row.text("stopped_for"));
  check.exit_code = row.is_null("exit_code") ? -1 : number(row, "exit_code");
  check.started_at = row.time("started_at");
  check.finished_at = row.time("finished_at");
  if (!row.is_null("log_head")) check.log_head = row.bytes("log_head");
  if (!row.is_null("log_tail")) check.log_tail = row.bytes("log_tail");
  check.log_cut = static_cast<std::uint64_t>(row.integer("log_cut"));
  if (!row.is_null("patch")) check.patch = row.bytes("patch");
  return check;
}

Result<model::Finding> finding_of(const pg::Row& row) {
  model::Finding finding;
  model::Diagnostic& d = finding.diagnostic;
  finding.check = row.text("check_name");
  d.tool = row.text("tool");
  d.code = row.text("code");
  d.severity = severity_named(row.text("severity"));
  d.path = row.text("path");
  d.span = {number(row, "line"), number(row, "col"), number(row, "end_line"), number(row, "end_col")};
  d.message = row.text("message");
  d.url = row.text("url");
  GREENROOM_TRY(fix, fix_from_json(row.text("fix")));
  d.fix = std::move(fix);
  finding.placement = placement_named(row.text("placement"));
  finding.line_text = row.text("line_text");
  finding.hunk_first_line = number(row, "hunk_first_line");
  finding.hunk_last_line = number(row, "hunk_last_line");
  finding.fingerprint = row.text("fingerprint");
  return finding;
}

}  // namespace

Result<std::vector<model::CheckResult>> checks_of(pg::Connection& db, model::JobId job) {
  GREENROOM_TRY(rows, db.run(pg::query("check_run/of_job"), {job}));
  std::vector<model::CheckResult> checks;
  for (int i = 0; i < rows.size(); ++i) checks.push_back(check_of(rows[i]));
  return checks;
}

Result<std::vector<model::Finding>> findings_of(pg::Connection& db, model::JobId job) {
  GREENROOM_TRY(rows, db.run(pg::query("finding/of_job"), {job}));
  std::vector<model::Finding> findings;
  for (int i = 0; i < rows.size(); ++i) {
    GREENROOM_TRY(finding, finding_of(rows[i]));
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace greenroom::store
