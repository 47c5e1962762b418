#include "lib/store/job_report.h"

#include <gtest/gtest.h>

#include "lib/queue/queue.h"
#include "lib/store/job_reader.h"
#include "tests/support/job_rows.h"

namespace greenroom::store {
namespace {

using namespace std::string_literals;
using model::CheckResult;
using model::CheckState;
using model::Finding;
using testing::expire_lease;
using testing::insert_job;
using testing::job_field;
using testing::request_cancel;
using testing::TestDatabase;

CheckResult check_named(std::string name, CheckState state = CheckState::queued) {
  CheckResult check;
  check.name = std::move(name);
  check.state = state;
  return check;
}

CheckResult full_check() {
  CheckResult check = check_named("pytest", CheckState::failed);
  check.kind = model::CheckKind::test;
  check.headline = "1 failed, 3 passed";
  check.what = "Runs the tests.";
  check.why = "They tell what the code should do.";
  check.run_yourself = "greenroom check pytest";
  check.tool_version = "pytest 7.2.1";
  check.degraded = {"cgroup"};
  check.tests = {3, 1, 2, 4};
  check.exit_code = 1;
  check.started_at = *parse_time("2026-03-02T09:00:00.5Z");
  check.finished_at = *parse_time("2026-03-02T09:00:07Z");
  check.log_head = "head\n";
  check.log_tail = std::string("t\0il \xff", 7);  // the log is bytes
  check.log_cut = 5'000'000'000;
  check.patch = "--- a/x\n+++ b/x\n";
  return check;
}

Finding full_finding() {
  Finding finding;
  auto& d = finding.diagnostic;
  d.tool = "flake8";
  d.code = "F401";
  d.severity = model::Severity::error;
  d.path = "src/ä \"quoted\".py";
  d.span = {3, 5, 4, 6};
  d.message = "unused\n\timport";
  d.url = "https://example.org/F401";
  d.fix = model::Fix{
      model::Fix::Safety::safe, "Remove it", {{{3, 1, 4, 1}, ""}, {{9, 0, 0, 0}, "x\\\"\n"}}, 3, {"import os", ""}};
  finding.check = "flake8";
  finding.placement = model::Placement::author_line;
  finding.line_text = "import os";
  finding.hunk_first_line = 1;
  finding.hunk_last_line = 9;
  finding.fingerprint = "abc";
  return finding;
}

class Report : public ::testing::Test {
 protected:
  model::Job lease() {
    const auto job = queue::claim(*runner, id, "r");
    if (!job || !*job) throw std::runtime_error("not claimed");
    return **job;
  }
  std::vector<std::string> stored_checks() {
    std::vector<std::string> names;
    const auto checks = checks_of(db.connection(), id);
    for (const auto& check : checks.value()) names.push_back(check.name);
    return names;
  }
  std::string everything() {
    return db.answer(
        "SELECT concat((SELECT json_agg(job) FROM job), (SELECT json_agg(check_run) FROM check_run), "
        "(SELECT json_agg(finding) FROM finding), (SELECT json_agg(review) FROM review)) AS answer");
  }

  TestDatabase db;
  std::unique_ptr<pg::Connection> runner = db.open_as("greenroom_runner");
  model::JobId id = insert_job(db);
};
using Names = std::vector<std::string>;

TEST_F(Report, ReadsBackEveryFieldOfACheck) {
  const auto job = lease();
  const CheckResult written = full_check();
  ASSERT_EQ(finish_job(*runner, job, {{check_named("black", CheckState::passed), written}, {}, ""}).value(),
            Finished::yes);
  const auto checks = checks_of(db.connection(), id);
  ASSERT_TRUE(checks) << checks.error().describe();
  ASSERT_EQ(checks->size(), 2u);
  EXPECT_EQ(checks->at(0).name, "black");
  const CheckResult& read = checks->at(1);
  EXPECT_EQ(read.name, written.name);
  EXPECT_EQ(read.kind, written.kind);
  EXPECT_EQ(read.state, written.state);
  EXPECT_EQ(read.headline, written.headline);
  EXPECT_EQ(read.what, written.what);
  EXPECT_EQ(read.why, written.why);
  EXPECT_EQ(read.run_yourself, written.run_yourself);
  EXPECT_EQ(read.tool_version, written.tool_version);
  EXPECT_EQ(read.tests.passed, 3);
  EXPECT_EQ(read.tests.failed, 1);
  EXPECT_EQ(read.tests.errors, 2);
  EXPECT_EQ(read.tests.skipped, 4);
  EXPECT_EQ(read.exit_code, 1);
  EXPECT_EQ(read.started_at, written.started_at);
  EXPECT_EQ(read.finished_at, written.finished_at);
  EXPECT_EQ(read.log_head, written.log_head);
  EXPECT_EQ(read.log_tail, written.log_tail);
  EXPECT_EQ(read.log_cut, written.log_cut);
  EXPECT_EQ(read.patch, written.patch);
  EXPECT_EQ(job_field(db, id, "degraded::text"), "{cgroup}");
}

TEST_F(Report, KeepsWhatTheChecksSawAsUsr) {
  const auto job = lease();
  EXPECT_EQ(job_field(db, id, "root_filesystem"), "");
  JobOutcome outcome;
  outcome.root_filesystem = "root filesystem of 2026-10-29, manifest 4722ea753103";
  ASSERT_EQ(finish_job(*runner, job, outcome).value(), Finished::yes);
  EXPECT_EQ(job_field(db, id, "root_filesystem"), outcome.root_filesystem);
}

TEST_F(Report, ReadsBackWhatTestsWereStoppedForAndRefusesItOfAnyOtherCheck) {
  const auto job = lease();
  CheckResult stopped = check_named("pytest", CheckState::incomplete);
  stopped.kind = model::CheckKind::test;
  for (const auto limit : {model::Limit::time, model::Limit::memory, model::Limit::room, model::Limit::none}) {
    stopped.limit = limit;
    ASSERT_TRUE(put_check(*runner, job, 0, stopped));
    EXPECT_EQ(checks_of(db.connection(), id).value().at(0).limit, limit);
  }
  stopped.limit = model::Limit::time;
  stopped.state = CheckState::errored;
  EXPECT_FALSE(put_check(*runner, job, 0, stopped)) << "a fault of ours has no limit of the author's";
}

TEST_F(Report, ReadsBackEveryFieldOfAFinding) {
  const Finding written = full_finding();
  Finding bare;
  bare.diagnostic.path = "b.py";
  ASSERT_EQ(finish_job(*runner, lease(), {{}, {written, bare}, ""}).value(), Finished::yes);
  const auto findings = findings_of(db.connection(), id);
  ASSERT_TRUE(findings) << findings.error().describe();
  ASSERT_EQ(findings->size(), 2u);
  const Finding& read = findings->at(0);
  EXPECT_EQ(read.check, written.check);
  EXPECT_EQ(read.diagnostic.tool, "flake8");
  EXPECT_EQ(read.diagnostic.code, "F401");
  EXPECT_EQ(read.diagnostic.severity, model::Severity::error);
  EXPECT_EQ(read.diagnostic.path, written.diagnostic.path);
  EXPECT_EQ(read.diagnostic.span, written.diagnostic.span);
  EXPECT_EQ(read.diagnostic.message, written.diagnostic.message);
  EXPECT_EQ(read.diagnostic.url, written.diagnostic.url);
  ASSERT_TRUE(read.diagnostic.fix);
  EXPECT_EQ(read.diagnostic.fix->safety, model::Fix::Safety::safe);
  EXPECT_EQ(read.diagnostic.fix->description, "Remove it");
  ASSERT_EQ(read.diagnostic.fix->edits.size(), 2u);
  EXPECT_EQ(read.diagnostic.fix->edits[0].span, written.diagnostic.fix->edits[0].span);
  EXPECT_EQ(read.diagnostic.fix->edits[1].text, "x\\\"\n");
  EXPECT_EQ(read.diagnostic.fix->first_line, 3);
  EXPECT_EQ(read.diagnostic.fix->lines, written.diagnostic.fix->lines);
  EXPECT_EQ(read.placement, model::Placement::author_line);
  EXPECT_EQ(read.line_text, "import os");
  EXPECT_EQ(read.hunk_first_line, 1);
  EXPECT_EQ(read.hunk_last_line, 9);
  EXPECT_EQ(read.fingerprint, "abc");
  EXPECT_FALSE(findings->at(1).diagnostic.fix);
  EXPECT_EQ(findings->at(1).placement, model::Placement::elsewhere);
}

TEST_F(Report, EndsTheJobAndTellsTheBot) {
  const auto listener = db.open();
  ASSERT_TRUE(listener->listen("greenroom_review"));
  ASSERT_EQ(finish_job(*runner, lease(), {{}, {}, "line 3: 'cheks' is not a key; did you mean 'checks'?"}).value(),
            Finished::yes);
  EXPECT_EQ(job_field(db, id, "state"), "finished");
  EXPECT_EQ(job_field(db, id, "config_error"), "line 3: 'cheks' is not a key; did you mean 'checks'?");
  const auto told = listener->wait_notification(std::chrono::seconds(5));
  ASSERT_TRUE(told && *told);
  EXPECT_EQ((*told)->payload, job_field(db, id, "change_id"));
  EXPECT_EQ(db.answer("SELECT dirty_version AS answer FROM review"), "1");
}

TEST_F(Report, MarksAReviewThatWasSettledDirtyAgain) {
  db.script(
      "INSERT INTO review (change_id, trace_id, wanted, dirty_version, wanted_version, settled_version) "
      "SELECT change_id, trace_id, '{}', 4, 4, 4 FROM job");
  ASSERT_EQ(finish_job(*runner, lease(), {}).value(), Finished::yes);
  EXPECT_EQ(db.answer("SELECT dirty_version AS answer FROM review"), "5");
}

TEST_F(Report, StoresWhatHostileToolsPrint) {
  Finding finding = full_finding();
  const std::string hostile = "a\0b\xff\\u0000'; DROP TABLE job; --"s;
  auto& d = finding.diagnostic;
  d.tool = d.code = d.path = d.message = d.url = finding.line_text = hostile;
  d.fix->description = d.fix->edits[0].text = hostile;
  CheckResult check = full_check();
  check.headline = "a\xff";
  const auto finished = finish_job(*runner, lease(), {{check}, {finding}, hostile});
  ASSERT_TRUE(finished) << finished.error().describe();
  EXPECT_EQ(*finished, Finished::yes);
  EXPECT_EQ(findings_of(db.connection(), id).value().at(0).diagnostic.message,
            "ab\xef\xbf\xbd\\u0000'; DROP TABLE job; --");
  EXPECT_EQ(checks_of(db.connection(), id).value().at(0).headline, "a\xef\xbf\xbd");
}

// I7
TEST_F(Report, UnderAnOldEpochChangesNothing) {
  const auto old = lease();
  ASSERT_TRUE(begin_checks(*runner, old, {check_named("flake8")}));
  expire_lease(db, id);
  const auto fresh = lease();
  ASSERT_TRUE(begin_checks(*runner, fresh, {check_named("black")}));
  const std::string before = everything();
  ASSERT_TRUE(put_check(*runner, old, 0, check_named("flake8", CheckState::passed)));
  ASSERT_TRUE(put_check(*runner, old, 0, check_named("black", CheckState::passed)));
  ASSERT_TRUE(begin_checks(*runner, old, {check_named("flake8")}));
  ASSERT_TRUE(describe_change(*runner, old, std::string(40, '3'), "diff", {1, 2, 3}));
  EXPECT_EQ(finish_job(*runner, old, {{check_named("flake8", CheckState::passed)}, {full_finding()}, ""}).value(),
            Finished::lease_lost);
  EXPECT_EQ(everything(), before);
}

// I4
TEST_F(Report, OfACancelledJobChangesNothing) {
  const auto job = lease();
  ASSERT_TRUE(begin_checks(*runner, job, {check_named("flake8")}));
  request_cancel(db, id, "a newer commit was pushed");
  const std::string before = everything();
  EXPECT_EQ(finish_job(*runner, job, {{check_named("flake8", CheckState::passed)}, {full_finding()}, ""}).value(),
            Finished::lease_lost);
  EXPECT_EQ(everything(), before);
}

TEST_F(Report, ThatArrivesTwiceIsWrittenOnce) {
  const auto job = lease();
  const JobOutcome outcome{{full_check()}, {full_finding()}, ""};
  ASSERT_EQ(finish_job(*runner, job, outcome).value(), Finished::yes);
  const std::string before = everything();
  EXPECT_EQ(finish_job(*runner, job, outcome).value(), Finished::lease_lost);
  EXPECT_EQ(everything(), before);
}

TEST_F(Report, KeepsNothingWhenTheDatabaseFailsHalfWay) {
  const auto job = lease();
  db.script(
      "CREATE FUNCTION out_of_space() RETURNS trigger LANGUAGE plpgsql AS "
      "$$BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END$$; "
      "CREATE TRIGGER out_of_space BEFORE INSERT ON finding FOR EACH ROW EXECUTE FUNCTION out_of_space()");
  const std::string before = everything();
  const auto finished = finish_job(*runner, job, {{full_check()}, {full_finding()}, ""});
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().kind, ErrorKind::transient);
  EXPECT_EQ(everything(), before);
  db.script("DROP TRIGGER out_of_space ON finding");
  EXPECT_EQ(finish_job(*runner, job, {{full_check()}, {full_finding()}, ""}).value(), Finished::yes);
}

TEST_F(Report, OfANewAttemptReplacesTheOldOne) {
  const auto first = lease();
  ASSERT_TRUE(begin_checks(*runner, first, {check_named("black"), check_named("mypy")}));
  ASSERT_TRUE(put_check(*runner, first, 0, check_named("black", CheckState::passed)));
  expire_lease(db, id);
  const auto second = lease();
  EXPECT_EQ(stored_checks(), Names{});
  ASSERT_TRUE(begin_checks(*runner, second, {check_named("mypy"), check_named("flake8")}));
  EXPECT_EQ(stored_checks(), (Names{"mypy", "flake8"}));
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM check_run"), "2");
}

TEST_F(Report, ShowsProgressWhileTheJobRuns) {
  const auto job = lease();
  ASSERT_TRUE(begin_checks(*runner, job, {check_named("black"), check_named("mypy")}));
  ASSERT_TRUE(put_check(*runner, job, 1, check_named("mypy", CheckState::running)));
  const auto checks = checks_of(db.connection(), id);
  EXPECT_EQ(checks->at(0).state, CheckState::queued);
  EXPECT_EQ(checks->at(1).state, CheckState::running);
  EXPECT_EQ(checks->at(1).finished_at, TimePoint{});
}

TEST_F(Report, KeepsTheAuthorsOwnLinesWhenThereIsTooMuch) {
  std::vector<Finding> findings(kMaxStoredFindings + 10, full_finding());
  for (auto& finding : findings) finding.placement = model::Placement::elsewhere;
  findings.back().placement = model::Placement::author_line;
  ASSERT_EQ(finish_job(*runner, lease(), {{}, findings, ""}).value(), Finished::yes);
  const auto stored = findings_of(db.connection(), id);
  ASSERT_EQ(stored->size(), kMaxStoredFindings);
  EXPECT_EQ(stored->front().placement, model::Placement::author_line);
}

TEST_F(Report, DescribesTheChange) {
  const auto job = lease();
  ASSERT_TRUE(describe_change(*runner, job, std::string(40, '3'), std::string("d\0iff", 5), {2, 30, 4}));
  EXPECT_EQ(job_field(db, id, "merge_base"), std::string(40, '3'));
  EXPECT_EQ(job_field(db, id, "encode(diff, 'escape')"), "d\\000iff");
  EXPECT_EQ(job_field(db, id, "concat_ws(' ', size_files, size_added, size_removed)"), "2 30 4");
}

}  // namespace
}  // namespace greenroom::store
