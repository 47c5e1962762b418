// One try and what came of it, for whoever tried it.

#include "lib/model/practice.h"
#include "lib/pg/query.h"
#include "lib/store/practice_report.h"
#include "lib/web/check_view.h"
#include "lib/web/lesson_view.h"
#include "lib/web/page.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

// All points at once: nobody else's attention is spent here.
teaching::Teaching taught(const model::PracticeReport& report, const teaching::LessonBook& book) {
  teaching::Options options;
  options.inline_cap = static_cast<int>(store::kTryFindings);
  return teaching::teach(report.findings, report.checks, book, {}, options);
}

void set_state(View& view, const pg::Row& row) {
  const std::string state = row.text("state");
  if (state == "queued")
    view.set("STATE", "Waiting for a runner");
  else if (state == "leased")
    view.set("STATE", "Running in the sandbox");
  else if (state == "dead")
    view.set("STATE", "This try came to no end");
  else
    view.set("STATE", "Done");
}

void fill_subject(View& view, const pg::Row& row) {
  if (!row.is_null("branch")) {
    view.add("OF_BRANCH")
        .set("PROJECT", row.text("full_name"))
        .set("BRANCH", row.text("branch"))
        .set("HEAD", short_sha(row.text("head_sha")));
    return;
  }
  view.add("OF_SNIPPET").set("NAME", row.text("file_name")).set("CONTENT", row.bytes("content"));
}

void fill_run(View& view, const std::optional<model::Ran>& ran) {
  if (!ran) return;
  View& box = view.add("RAN");
  box.set("ENDING", ran->ending).set("TONE", ran->well ? "good" : "look");
  const TimePoint begun{std::chrono::seconds(1)};  // any but none
  box.set("TOOK", took(begun, begun + ran->took));
  if (!ran->out.empty()) box.add("OUT").set("TEXT", ran->out);
  if (!ran->err.empty()) box.add("ERR").set("TEXT", ran->err);
  box.show("SILENT", ran->out.empty() && ran->err.empty());
}

void fill_checks(View& view, const std::vector<model::CheckResult>& checks) {
  view.show("NO_CHECKS", checks.empty());
  for (const auto& check : checks) {
    const StateWords words = words_for(check.state);
    View& row = view.add("CHECK");
    row.set("NAME", check.name).set("SIGN", words.sign).set("TONE", words.tone).set("WHAT", check.what);
    row.set("HEADLINE", check.headline.empty() ? words.words : check.headline);
    if (!check.log_head.empty()) row.add("LOG").set("TEXT", check.log_head);
  }
}

// What was left out, and why: nobody should wonder why their lines did not run.
void fill_left_out(View& view, const pg::Row& row) {
  const bool held = row.boolean("run") && row.text("may_run") != "everything";
  view.show("SNIPPET_NOT_RUN", held && row.is_null("branch"));
  view.show("TESTS_NOT_RUN", held && !row.is_null("branch"));
}

Result<void> fill_report(View& view, const PageRequest& request, const pg::Row& row) {
  GREENROOM_TRY(report, store::practice_report_from_json(row.bytes("report")));
  View& box = view.add("REPORT");
  fill_run(box, report.ran);
  fill_checks(box, report.checks);
  fill_lessons(box, taught(report, request.book));
  if (!report.config_error.empty()) box.add("CONFIG_ERROR").set("WORDS", report.config_error);
  return {};
}

}  // namespace

Result<Page> try_page(const PageRequest& request) {
  GREENROOM_TRY(number, number_in(request.words.at(0)));
  GREENROOM_TRY(rows, request.db.run(pg::query("web/try"), {number, request.viewer.person}));
  if (rows.empty()) return not_found("there is no such try");
  const auto row = rows[0];
  const std::string state = row.text("state");
  Page page{"A try", "try.html", "practice", {}};
  View& view = page.view;
  view.set("TRY_ID", number).set("KEPT", counted(request.settings.keep_tries_hours, "hour", "hours"));
  set_state(view, row);
  fill_subject(view, row);
  fill_left_out(view, row);
  set_time(view, "QUEUED", row.time("queued_at"), request.now);
  if (state == "queued" || state == "leased")
    view.add("WATCH").set("PATH", "/practice/" + std::to_string(number) + "/watch");
  if (state == "dead") view.add("DEAD").set("REASON", row.text("reason"));
  if (state == "finished") GREENROOM_CHECK(fill_report(view, request, row));
  return page;
}

}  // namespace greenroom::web
