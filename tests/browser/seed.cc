// What stands in the database of the browser tests: told with the same words and functions as the real line.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "lib/diff/diff.h"
#include "lib/git/repository.h"
#include "lib/process/process.h"
#include "lib/review/review.h"
#include "lib/store/job_report.h"
#include "lib/teaching/teaching.h"
#include "tests/browser/seeded_dashboard.h"

namespace greenroom::testing {
namespace fs = std::filesystem;
namespace {

using namespace hosts::local;
using model::CheckKind;
using model::CheckResult;
using model::CheckState;

const Secret kMarkerKey("marker");

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().describe());
  return std::move(*result);
}
void must_do(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().describe());
}

TimePoint at(int seconds) {
  return std::chrono::floor<std::chrono::microseconds>(system_clock().now()) + std::chrono::seconds(seconds);
}

CheckResult check(const char* name, CheckKind kind, CheckState state, const char* headline, const char* what,
                  const char* why) {
  CheckResult result;
  result.name = name;
  result.kind = kind;
  result.state = state;
  result.headline = headline;
  result.what = what;
  result.why = why;
  result.run_yourself = std::string("greenroom check ") + name;
  result.tool_version = std::string(name) + " 1.0";
  result.exit_code = state == CheckState::passed ? 0 : 1;
  result.started_at = at(-60);
  result.finished_at = at(-58);
  return result;
}

std::vector<CheckResult> checks() {
  auto tests = check("pytest", CheckKind::test, CheckState::failed, "1 failed, 9 passed", "Runs the project's tests.",
                     "They say whether it still does what it should.");
  tests.tests = {9, 1, 0, 0};
  tests.log_head = "============ test session starts ============\ncollected 10 items\n\ntests/test_collect.py .F\n";
  tests.log_tail = "E       AssertionError: assert '0' == 0\n1 failed, 9 passed in 0.12s\n";
  tests.log_cut = 1200;
  auto black = check("black", CheckKind::format, CheckState::attention, "1 file to lay out", "Lays out Python files.",
                     "Reviews are then about what the code does.");
  black.patch =
      "--- a/src/shotlist/collect.py\n+++ b/src/shotlist/collect.py\n@@ -22 +22 @@\n-    total = len( set(frames) )\n+ "
      "   total = len(set(frames))\n";
  return {black,
          check("isort", CheckKind::format, CheckState::passed, "nothing to do", "Sorts imports.",
                "They are found faster."),
          check("flake8", CheckKind::lint, CheckState::attention, "3 to look at", "Looks for mistakes and odd style.",
                "Many bugs are spelling."),
          check("mypy", CheckKind::type, CheckState::attention, "1 to look at", "Compares types.",
                "A wrong type is found before it runs."),
          tests};
}

model::Finding finding(const char* check_name, const char* tool, const char* code, int line, const char* message,
                       const char* text) {
  model::Finding one;
  one.check = check_name;
  one.diagnostic.tool = tool;
  one.diagnostic.code = code;
  one.diagnostic.path = "src/shotlist/collect.py";
  one.diagnostic.span = {line, 1, 0, 0};
  one.diagnostic.message = message;
  one.placement = model::Placement::author_line;
  one.line_text = text;
  one.hunk_first_line = 1;
  one.hunk_last_line = 30;
  return one;
}

std::vector<model::Finding> findings() {
  return {finding("flake8", "flake8", "F401", 4, "'sys' imported but unused", "import sys"),
          finding("flake8", "flake8", "E711", 12, "comparison to None should be 'if cond is None:'",
                  "        if shot == None:"),
          finding("flake8", "flake8", "E722", 21, "do not use bare 'except'", "    except:")};
}

void copy(const fs::path& from, const fs::path& to) {
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

}  // namespace

std::string SeededDashboard::git(const std::vector<std::string>& words) {
  process::Command command;
  command.argv = {"git", "-c", "user.name=Maya", "-c", "user.email=maya@example.invalid"};
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  command.directory = folder / "clone";
  command.environment = {{"PATH", "/usr/bin:/bin"}, {"HOME", folder / "home"}, {"GIT_CONFIG_NOSYSTEM", "1"}};
  const auto outcome = must(process::run(command));
  if (!outcome.ok()) throw std::runtime_error(outcome.err.joined());
  return outcome.out.joined();
}

void SeededDashboard::seed() {
  for (const char* name : {"run", "git", "home", "clone"}) fs::create_directories(folder / name);
  seed_people();
  seed_change();
}

void SeededDashboard::seed_people() {
  auto& db = database.connection();
  using Kind = model::Account::Kind;
  cast.maya = must(ensure_account(db, "maya", "Maya", Kind::person, Secret("maya's")));
  cast.ben = must(ensure_account(db, "ben", "Ben", Kind::person, Secret("ben's")));
  cast.noor = must(ensure_account(db, "noor", "Noor", Kind::person, std::nullopt));
  cast.bot = must(ensure_account(db, "greenroom", "Greenroom", Kind::bot, std::nullopt));
  folder.write("hook", "#!/bin/sh\ncat >/dev/null\n");
  fs::permissions(folder / "hook", fs::perms::owner_all);
  repository = must(ensure_repository(db, folder / "git", "practice/shotlist", "main", folder / "hook"));
  must_do(set_permission(db, repository, cast.ben, "admin"));
  database.script(
      "INSERT INTO repository (host, host_repository_id, full_name, default_branch) SELECT 'local', id, full_name, "
      "default_branch FROM local_host.repository;"
      "INSERT INTO person (host, host_account_id, login, display_name, is_bot) SELECT 'local', id, login, "
      "display_name, kind = 'bot' FROM local_host.account ORDER BY id;"
      "INSERT INTO buddy (repository_id, person_id) SELECT repository.id, person.id FROM repository, person WHERE "
      "login = 'ben'");
}

void SeededDashboard::seed_change() {
  copy(GREENROOM_SOURCE_DIR "/practice/shotlist", folder / "clone");
  git({"init", "-q", "-b", "main"});
  git({"add", "-A"});
  git({"commit", "-q", "-m", "Start the shot list"});
  git({"push", "-q", repository_directory(folder / "git", repository), "main"});
  const std::string base = git({"rev-parse", "HEAD"}).substr(0, 40);
  git({"switch", "-q", "-c", "maya/collect-shots"});
  copy(GREENROOM_SOURCE_DIR "/practice/newcomer", folder / "clone");
  git({"add", "-A"});
  git({"commit", "-q", "-m", "Collect shots by sequence\n\nGroups the shots of a sequence and counts their frames."});
  git({"push", "-q", repository_directory(folder / "git", repository), "maya/collect-shots"});
  const std::string head = git({"rev-parse", "HEAD"}).substr(0, 40);
  must(receive_push(database.connection(), repository_directory(folder / "git", repository), repository, cast.maya,
                    {{std::string(40, '0'), head, "refs/heads/maya/collect-shots"}}));
  seed_review(head, base);
}

void SeededDashboard::seed_review(const std::string& head, const std::string& base) {
  auto& db = database.connection();
  database.script(
      "INSERT INTO change (repository_id, number, author_id, title, head_ref, base_ref, head_sha, base_sha, opened_at)"
      "SELECT repository.id, 1, person.id, 'Collect shots by sequence', 'maya/collect-shots', 'main', '" +
      head + "', '" + base +
      "', now() - interval '3 hours' FROM repository, person WHERE login = 'maya';"
      "INSERT INTO buddy_assignment (change_id, person_id, why) SELECT change.id, person.id, 'least loaded' FROM "
      "change, person WHERE login = 'ben';"
      "INSERT INTO review (change_id, trace_id) SELECT id, repeat('a', 32) FROM change;"
      "UPDATE local_host.item SET opened_at = now() - interval '3 hours'");
  job_ = std::stoll(
      database.answer("INSERT INTO job (trace_id, change_id, head_sha, base_sha, state, lease_epoch, lease_until, "
                      "asked, queued_at, started_at, degraded) SELECT repeat('a', 32), id, head_sha,"
                      " base_sha, 'leased', 1, now() + interval '1 hour', 'opened', now() - interval '3 hours', now() "
                      "- interval '3 hours', '{memory}' FROM change RETURNING id::text AS answer"));
  model::Job job;
  job.id = model::JobId{job_};
  job.change = model::ChangeId{std::stoll(database.answer("SELECT id::text AS answer FROM change"))};
  job.trace.hex = std::string(32, 'a');
  job.lease_epoch = 1;
  job.head_sha = head;
  job.base_sha = base;
  const auto opened = must(git::Repository::open(repository_directory(folder / "git", repository)));
  const auto text = must(opened.diff(base, head));
  const auto diff = must(diff::parse(text));
  must_do(store::describe_change(db, job, base, text, diff::size_of(diff)));
  auto found = findings();
  review::assign_fingerprints(found, {});
  must_do(store::begin_checks(db, job, checks()));
  must(store::finish_job(db, job, {checks(), found, "", {}, "the machine's own /usr"}));

  const auto book = must(teaching::LessonBook::load(GREENROOM_SOURCE_DIR "/templates/lessons"));
  review::Facts facts;
  facts.head_sha = head;
  facts.job = job.id;
  facts.stage = review::Facts::Stage::done;
  facts.checks = checks();
  facts.teaching = teaching::teach(found, facts.checks, book, {}, {});
  facts.sections = {
      {"welcome", "Welcome, Maya, and thank you for your first change here."},
      {"buddy",
       "**With this change:** Ben, for questions of any size; mention them in a comment.\n\n<details><summary>Why "
       "Ben?</summary>\n\nBen has room and is not away.\n\n</details>"}};
  facts.author_name = "Maya";
  facts.dashboard_url = "http://127.0.0.1";
  facts.size = diff::size_of(diff);
  const auto wanted = review::compose(facts);
  must(write_comment(db, repository, 1, cast.bot, review::with_marker(wanted.summary, "summary", kMarkerKey),
                     std::nullopt));
  for (const auto& thread : wanted.threads) {
    const auto id = std::stoll(
        database.answer("INSERT INTO local_host.thread (repository_id, number, path, line, head_sha) VALUES (" +
                        std::to_string(repository) + ", 1, '" + thread.path + "', " + std::to_string(thread.line) +
                        ", '" + head + "') RETURNING id::text AS answer"));
    must(write_comment(db, repository, 1, cast.bot, review::with_marker(thread.markdown, "thread", kMarkerKey), id));
  }
  must(
      write_comment(db, repository, 1, cast.ben,
                    "Hi Maya, nice start. I would look at `collect_shots` first: what happens when it is called twice?",
                    std::nullopt));
  must(open_issue(db, repository, cast.ben, "Frame ranges with gaps are printed as one", "`1-3,5` becomes `1-5`."));
  must(set_label(db, repository, 2, cast.ben, "good first issue", true));
  must(open_issue(db, repository, cast.maya, "The README does not say how to run the tests", ""));
  database.script(
      "INSERT INTO human_reply (repository_id, target_kind, number, host_comment_id, person_id, at) SELECT "
      "repository.id, 'change', 1, 900, person.id,"
      " now() - interval '2 hours' FROM repository, person WHERE login = 'ben'; UPDATE review SET wanted = '{}', "
      "wanted_version = dirty_version, settled_version = dirty_version");
}

}  // namespace greenroom::testing
