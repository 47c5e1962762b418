// One job: every check with what it looks at, its log, and how to run it at home.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/json/json.h"
#include "lib/pg/query.h"
#include "lib/store/job_reader.h"
#include "lib/web/check_view.h"
#include "lib/web/page.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

constexpr std::size_t kFindingsShown = 100;  // of one check

void set_state(View& view, const std::string& state) {
  if (state == "queued")
    view.set("STATE", "Waiting for a runner").set("TONE", "quiet");
  else if (state == "leased")
    view.set("STATE", "Checks are running").set("TONE", "quiet");
  else if (state == "finished")
    view.set("STATE", "Checks finished").set("TONE", "good");
  else if (state == "cancelled")
    view.set("STATE", "Checks cancelled").set("TONE", "quiet");
  else
    view.set("STATE", "Given up after three attempts").set("TONE", "ours");
}

void fill_degraded(View& view, const std::string& list) {
  const auto value = json::parse(list);
  if (!value || !value->is_array() || value->empty()) return;
  View& box = view.add("DEGRADED");
  for (const auto& one : *value) {
    if (one.is_string()) box.add("GUARANTEE").set("NAME", one.get<std::string>());
  }
}

void fill_log(View& view, const model::CheckResult& check, model::JobId job, bool final) {
  if (!check.log_head.empty() || !check.log_tail.empty()) {
    View& log = view.add("LOG");
    log.set("HEAD", check.log_head).set("TAIL", check.log_tail);
    if (check.log_cut > 0) log.add("CUT").set("BYTES", std::to_string(check.log_cut));
  } else if (!final) {
    view.add("LIVE").set("PATH", "/jobs/" + model::to_string(job) + "/log/" + http::percent_encode(check.name));
  }
}

void fill_findings(View& view, const model::CheckResult& check, const std::vector<model::Finding>& findings) {
  std::vector<const model::Finding*> own;
  for (const auto& finding : findings) {
    if (finding.check == check.name && finding.placement != model::Placement::elsewhere) own.push_back(&finding);
  }
  if (own.empty()) return;
  View& box = view.add("FINDINGS");
  box.set("COUNT", counted(static_cast<std::int64_t>(own.size()), "finding", "findings") + " in this change");
  for (std::size_t i = 0; i < std::min(own.size(), kFindingsShown); ++i) {
    const auto& d = own[i]->diagnostic;
    const std::string line = d.span.line > 0 ? ":" + std::to_string(d.span.line) : "";
    box.add("FINDING").set("PLACE", scrub_utf8(d.path) + line).set("CODE", d.code).set("MESSAGE", d.message);
  }
  if (own.size() > kFindingsShown) box.add("MORE").set("COUNT", static_cast<std::int64_t>(own.size() - kFindingsShown));
}

void fill_details(View& view, const model::CheckResult& check) {
  view.set("WHAT", check.what)
      .set("WHY", check.why)
      .set("RUN", check.run_yourself)
      .set("VERSION", check.tool_version)
      .set("ID", check.name);
  view.show("HAS_RUN", !check.run_yourself.empty()).show("HAS_VERSION", !check.tool_version.empty());
  const auto& t = check.tests;
  if (t.passed + t.failed + t.errors + t.skipped > 0) {
    view.add("TESTS").set("PASSED", t.passed).set("FAILED", t.failed + t.errors).set("SKIPPED", t.skipped);
  }
  if (!check.patch.empty()) view.add("PATCH").set("TEXT", shorten(scrub_utf8(check.patch), 200'000));
}

}  // namespace

Result<Page> job_page(const PageRequest& request) {
  GREENROOM_TRY(number, number_in(request.words.at(0)));
  const model::JobId job{number};
  GREENROOM_TRY(rows, request.db.run(pg::query("web/job"), {job}));
  if (rows.empty()) return not_found("there is no such job");
  const auto row = rows[0];
  GREENROOM_TRY(checks, store::checks_of(request.db, job));
  GREENROOM_TRY(findings, store::findings_of(request.db, job));
  const std::string state = row.text("state");
  const bool final = state != "queued" && state != "leased";

  Page page{"Checks of " + row.text("title"), "job.html", "home", {}};
  View& view = page.view;
  view.set("JOB", number)
      .set("CHANGE", row.text("title"))
      .set("CHANGE_PATH", change_path(row.text("full_name"), row.integer("number")));
  view.set("HEAD", short_sha(row.text("head_sha")))
      .set("ASKED", row.text("asked"))
      .set("APPROVED", row.text("approved_because"))
      .set("REASON", row.text("reason"))
      .set("TRACE", row.text("trace_id"));
  set_state(view, state);
  view.show("IS_APPROVED", !row.text("approved_because").empty());
  view.show("HAS_REASON", !row.text("reason").empty());
  set_time(view, "QUEUED", row.time("queued_at"), request.now);
  if (const auto started = row.maybe_time("started_at")) view.set("WAITED", took(row.time("queued_at"), *started));
  if (const auto finished = row.maybe_time("finished_at"))
    view.set("TOOK", took(row.maybe_time("started_at").value_or(*finished), *finished));
  if (!row.text("config_error").empty()) view.add("CONFIG_ERROR").set("WORDS", row.text("config_error"));
  if (!row.text("root_filesystem").empty()) view.add("SAW").set("ROOT", row.text("root_filesystem"));
  fill_degraded(view, row.text("degraded"));
  for (const auto& check : checks) {
    View& box = view.add("CHECK");
    fill_check(box, check, job);
    fill_details(box, check);
    fill_findings(box, check, findings);
    fill_log(box, check, job, final || model::is_final(check.state));
  }
  view.show("NO_CHECKS", checks.empty());
  if (!final) view.add("WATCH").set("PATH", "/jobs/" + std::to_string(number) + "/watch");
  return page;
}

}  // namespace greenroom::web
