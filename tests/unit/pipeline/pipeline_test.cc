#include "lib/pipeline/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>

#include "tests/support/temp_directory.h"

namespace greenroom::pipeline {
namespace {

using model::CheckState;
using model::Placement;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

checks::Check check(const std::string& name, const std::string& format,
                    model::CheckKind kind = model::CheckKind::lint) {
  checks::Check check;
  check.name = name;
  check.kind = kind;
  check.format = format;
  check.argv = {"/usr/bin/" + name};
  return check;
}

sandbox::SandboxOutcome printed(const std::string& out, int exit_code) {
  sandbox::SandboxOutcome outcome;
  outcome.process.out.head = out;
  outcome.process.exit_code = exit_code;
  return outcome;
}

class Pipeline : public ::testing::Test {
 protected:
  Pipeline() {
    folder_.write("a.py", "import os\nx = 1\ny = 2\nz = 3\n");
    workspace_.directory = folder_.path();
    workspace_.diff = *diff::parse(
        "diff --git a/a.py b/a.py\nindex 1..2 100644\n--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,3 @@\n import os\n+x = 1\n y "
        "= 2\n"
        "diff --git a/old.py b/moved.py\nsimilarity index 100%\nrename from old.py\nrename to moved.py\n");
  }
  Report run(const std::vector<checks::Check>& checks, const Executor& executor, const Observer& observer = {}) {
    return pipeline::run(checks, workspace_, executor, 2, observer, [] { return false; });
  }
  testing::TempDirectory folder_;
  Workspace workspace_;
};

TEST_F(Pipeline, RunsNothingForACheckThatPlanningDecided) {
  checks::Check decided;
  decided.name = "file-names";
  decided.why = "Because.";
  decided.verdict = "rename a";
  const auto report = run({decided}, [](const auto&, const auto&, const auto&) -> Result<sandbox::SandboxOutcome> {
    ADD_FAILURE() << "there is nothing to run";
    return transient("nothing");
  });
  ASSERT_EQ(report.checks.size(), 1u);
  EXPECT_EQ(report.checks[0].state, CheckState::attention);
  EXPECT_EQ(report.checks[0].headline, "rename a");
  EXPECT_EQ(report.checks[0].why, "Because.");
  EXPECT_TRUE(report.findings.empty());
}

TEST_F(Pipeline, StartsTheSlowestChecksFirstAndReportsInTheirOwnOrder) {
  auto quick = check("quick", "gcc"), slow = check("slow", "gcc"), usual = check("usual", "gcc");
  slow.load = 9;
  usual.load = quick.load = 1;
  std::vector<std::string> started;
  Observer observer;
  observer.started = [&](const model::CheckResult& result) { started.push_back(result.name); };
  const auto report = pipeline::run(
      {quick, slow, usual}, workspace_, [](const auto&, const auto&, const auto&) { return printed("", 0); }, 1,
      observer, [] { return false; });
  EXPECT_THAT(started, ElementsAre("slow", "quick", "usual"));
  ASSERT_EQ(report.checks.size(), 3u);
  EXPECT_EQ(report.checks[0].name, "quick");
  EXPECT_EQ(report.checks[1].name, "slow");
  EXPECT_EQ(report.checks[2].name, "usual");
}

TEST_F(Pipeline, OnlyTheAuthorsLinesCount) {
  const auto report = run({check("flake8", "flake8")}, [](const auto&, const auto&, const auto&) {
    return printed(
        "a.py:1:1: F401 'os' imported but unused\na.py:2:1: E741 ambiguous\na.py:4:1: E225 far away\nother.py:1:1: "
        "F401 x\n",
        1);
  });
  ASSERT_EQ(report.findings.size(), 4u);
  EXPECT_EQ(report.findings[0].placement, Placement::context);
  EXPECT_EQ(report.findings[1].placement, Placement::author_line);
  EXPECT_EQ(report.findings[1].line_text, "x = 1");
  EXPECT_EQ(report.findings[1].hunk_first_line, 1);
  EXPECT_EQ(report.findings[1].hunk_last_line, 3);
  EXPECT_EQ(report.findings[2].placement, Placement::elsewhere);
  EXPECT_EQ(report.findings[3].placement, Placement::elsewhere);
  EXPECT_NE(report.findings[0].fingerprint, report.findings[1].fingerprint);
  EXPECT_EQ(report.checks[0].state, CheckState::attention);
  EXPECT_EQ(report.checks[0].headline, "1 to look at");
}

// One finding of ruff on b.py, whose lines 2 to 4 and 8 are the author's; its safe fix takes whole lines.
class FixedLines : public Pipeline {
 protected:
  FixedLines() {
    write("\n");
    workspace_.diff = *diff::parse(
        "diff --git a/b.py b/b.py\nindex 1..2 100644\n--- a/b.py\n+++ b/b.py\n"
        "@@ -1,2 +1,5 @@\n one\n+two\n+three\n+four\n five\n@@ -3,3 +6,4 @@\n six\n seven\n+eight\n nine\n");
  }
  void write(const std::string& line_end) {
    std::string text;
    for (const auto* line : {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"})
      text += line + line_end;
    folder_.write("b.py", text);
  }
  model::Finding fixed(int line, int first, int last, const std::string& safety = "safe") {
    const auto at = [](int row) { return "{\"row\":" + std::to_string(row) + ",\"column\":1}"; };
    const std::string place = "\"location\":" + at(line) + ",\"end_location\":" + at(line);
    const std::string edit =
        "{\"content\":\"x\\n\",\"location\":" + at(first) + ",\"end_location\":" + at(last + 1) + "}";
    const std::string out = "[{\"code\":\"F401\",\"message\":\"m\",\"filename\":\"b.py\"," + place +
                            ",\"fix\":{\"applicability\":\"" + safety + "\",\"message\":\"f\",\"edits\":[" + edit +
                            "]}}]";
    const auto report =
        run({check("ruff", "ruff-json")}, [&](const auto&, const auto&, const auto&) { return printed(out, 1); });
    EXPECT_EQ(report.findings.size(), 1u) << out;
    return report.findings.empty() ? model::Finding{} : report.findings[0];
  }
};

TEST_F(FixedLines, AreKeptWhenAllAreTheAuthorsInOneHunk) {
  const auto fix = fixed(3, 2, 4).diagnostic.fix;
  ASSERT_TRUE(fix);
  EXPECT_EQ(fix->first_line, 2);
  EXPECT_THAT(fix->lines, ElementsAre("two", "three", "four"));
}

TEST_F(FixedLines, AreKeptWithTheLinesOfTheFindingItself) {
  const auto fix = fixed(2, 3, 3).diagnostic.fix;
  ASSERT_TRUE(fix);
  EXPECT_EQ(fix->first_line, 2);
  EXPECT_THAT(fix->lines, ElementsAre("two", "three"));
}

TEST_F(FixedLines, AreNotKeptOtherwise) {
  const std::tuple<int, int, int, const char*, const char*> cases[] = {{3, 3, 3, "safe", "one line"},
                                                                       {2, 1, 3, "safe", "a line of others above"},
                                                                       {4, 3, 5, "safe", "a line of others below"},
                                                                       {4, 4, 8, "safe", "two hunks"},
                                                                       {8, 8, 10, "safe", "beyond the file"},
                                                                       {3, 2, 4, "unsafe", "the tool is not sure"}};
  for (const auto& [line, first, last, safety, why] : cases) {
    const auto fix = fixed(line, first, last, safety).diagnostic.fix;
    EXPECT_TRUE(!fix || fix->lines.empty()) << why;
  }
}

TEST_F(FixedLines, OfTwoByteLineEndsLoseTheirFix) {
  write("\r\n");
  EXPECT_FALSE(fixed(3, 2, 4).diagnostic.fix);
  EXPECT_FALSE(fixed(3, 3, 3).diagnostic.fix) << "on one line, too";
}

TEST_F(FixedLines, DoNotChangeTheFingerprint) {
  EXPECT_EQ(fixed(3, 2, 4).fingerprint, fixed(3, 2, 4, "unsafe").fingerprint);
  EXPECT_EQ(fixed(3, 2, 4).line_text, "three");
}

TEST_F(Pipeline, AFormatterConcernsTheAuthorOnlyOnTheirLines) {
  const std::string head = "--- a.py\t2026\n+++ a.py\t2026\n";
  const auto with = [&](const std::string& diff) {
    return run({check("black", "unified-diff", model::CheckKind::format)},
               [&](const auto&, const auto&, const auto&) { return printed(diff, 1); });
  };
  const auto theirs = with(head + "@@ -1,3 +1,3 @@\n import os\n-x = 1\n+x  = 1\n y = 2\n");
  EXPECT_EQ(theirs.checks[0].state, CheckState::attention);
  EXPECT_EQ(theirs.findings[0].diagnostic.span.line, 2);
  EXPECT_THAT(theirs.checks[0].patch, HasSubstr("+++ b/a.py"));
  const auto before = with(head + "@@ -3,2 +3,2 @@\n y = 2\n-z = 3\n+z  = 3\n");
  EXPECT_EQ(before.checks[0].state, CheckState::passed);
  EXPECT_EQ(before.findings[0].placement, Placement::elsewhere);
}

TEST_F(Pipeline, OurFailuresAreNeverTheAuthors) {
  const auto state_of = [&](const Executor& executor) { return run({check("flake8", "flake8")}, executor).checks[0]; };
  EXPECT_EQ(state_of([](const auto&, const auto&, const auto&) { return transient("no space"); }).state,
            CheckState::errored);
  auto slow = printed("a.py:2:1: E741 x\n", -1);
  slow.process.timed_out = true;
  EXPECT_EQ(state_of([&](const auto&, const auto&, const auto&) { return slow; }).state, CheckState::errored);
  auto large = printed("", 1);
  large.out_of_memory = true;
  EXPECT_THAT(state_of([&](const auto&, const auto&, const auto&) { return large; }).headline, HasSubstr("memory"));
  EXPECT_EQ(state_of([](const auto&, const auto&, const auto&) { return printed("a.py:2:1: E741 x\n", 139); }).state,
            CheckState::errored);
}

TEST_F(Pipeline, AToolThatFailsWithoutAWordIsOurFault) {
  auto strict = check("shellcheck", "gcc");
  strict.exits = {0, 1};
  const auto report = run({strict}, [](const auto&, const auto&, const auto&) { return printed("", 4); });
  EXPECT_EQ(report.checks[0].state, CheckState::errored);
  EXPECT_EQ(
      run({strict}, [](const auto&, const auto&, const auto&) { return printed("a.py:1:1: warning: x [y]\n", 1); })
          .checks[0]
          .state,
      CheckState::passed);
}

TEST_F(Pipeline, AFormatterThatCouldNotReadAFileIsNotContent) {
  auto outcome = printed("", 0);
  outcome.process.err.head =
      "main.py:106: UserWarning: Unable to parse file a.py due to [Errno 30] Read-only file system: 'a.py.isorted'\n";
  const auto report = run({check("isort", "unified-diff", model::CheckKind::format)},
                          [&](const auto&, const auto&, const auto&) { return outcome; });
  EXPECT_EQ(report.checks[0].state, CheckState::incomplete);
}

// Crashes whenever one of `bad` is among its files, and reports F401 on line 2 of the others.
Executor crashing_over(std::set<std::string> bad, std::atomic<int>& runs) {
  return [bad = std::move(bad), &runs](const sandbox::Plan& plan, const auto&, const auto&) {
    ++runs;
    std::string out;
    for (std::size_t i = 1; i < plan.argv.size(); ++i) {
      if (bad.contains(plan.argv[i])) return printed("", 139);
      out += plan.argv[i] + ":2:1: F401 x\n";
    }
    return printed(out, 1);
  };
}

checks::Check over(std::size_t files) {
  checks::Check many = check("flake8", "flake8");
  for (std::size_t i = 0; i < files; ++i) many.argv.push_back("f" + std::to_string(i) + ".py");
  many.paths = files;
  return many;
}

TEST_F(Pipeline, ACrashOverOneFileLeavesTheFindingsOfTheOthers) {
  std::atomic<int> runs = 0;
  const auto report = run({over(8)}, crashing_over({"f5.py"}, runs));
  EXPECT_EQ(report.checks[0].state, CheckState::errored);
  EXPECT_EQ(report.checks[0].headline, "the tool crashed over f5.py");
  EXPECT_EQ(report.findings.size(), 7u);
  EXPECT_EQ(runs, 7);
}

TEST_F(Pipeline, ACrashOverManyFilesEndsAfterAFewRuns) {
  std::atomic<int> runs = 0;
  std::set<std::string> all;
  for (int i = 0; i < 500; ++i) all.insert("f" + std::to_string(i) + ".py");
  const auto report = run({over(500)}, crashing_over(all, runs));
  EXPECT_EQ(report.checks[0].state, CheckState::errored);
  EXPECT_EQ(report.checks[0].headline, "the tool crashed over f0.py and 499 more");
  EXPECT_LE(runs, 25);
}

TEST_F(Pipeline, ATimeOutIsNotTriedAgainInParts) {
  std::atomic<int> runs = 0;
  const auto report = run({over(8)}, [&](const auto&, const auto&, const auto&) {
    ++runs;
    auto slow = printed("", -1);
    slow.process.timed_out = true;
    return slow;
  });
  EXPECT_EQ(report.checks[0].state, CheckState::errored);
  EXPECT_EQ(runs, 1);
}

TEST_F(Pipeline, CancellingEndsTheSearchForACrash) {
  std::atomic<int> runs = 0;
  const auto report = run({over(8)}, [&](const auto&, const auto&, const auto&) {
    auto outcome = printed("", 139);
    outcome.process.cancelled = ++runs > 1;
    return outcome;
  });
  EXPECT_EQ(report.checks[0].state, CheckState::cancelled);
  EXPECT_EQ(runs, 2);
}

TEST_F(Pipeline, SaysWhenItDidNotLookAtEveryFile) {
  auto part = check("flake8", "flake8");
  part.paths = 2000;
  part.left_out = 5;
  const auto report =
      run({part}, [](const auto&, const auto&, const auto&) { return printed("a.py:2:1: E741 x\n", 1); });
  EXPECT_EQ(report.checks[0].state, CheckState::incomplete);
  EXPECT_EQ(report.checks[0].headline, "looked at 2000 of 2005 files");
  EXPECT_EQ(report.findings.size(), 1u);
}

TEST_F(Pipeline, PathsAreTakenAsTheToolSawThem) {
  workspace_.seen_as = folder_.path() + "/";
  const auto report = run({check("flake8", "flake8")}, [&](const auto&, const auto&, const auto&) {
    return printed(folder_ / "a.py:2:1: E741 x\n", 1);
  });
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].diagnostic.path, "a.py");
}

TEST_F(Pipeline, TestsAreCountedAndAMissingReportIsIncomplete) {
  auto outcome = printed("", 1);
  outcome.artefacts = {
      {"junit.xml",
       "<testsuites><testsuite><testcase name=\"a\" file=\"a.py\" line=\"1\"/><testcase name=\"b\" file=\"a.py\" "
       "line=\"1\"><failure message=\"no\">x</failure></testcase></testsuite></testsuites>"}};
  const auto pytest = check("pytest", "junit", model::CheckKind::test);
  const auto failed = run({pytest}, [&](const auto&, const auto&, const auto&) { return outcome; });
  EXPECT_EQ(failed.checks[0].state, CheckState::failed);
  EXPECT_EQ(failed.checks[0].headline, "1 of 2 tests failed");
  EXPECT_EQ(run({pytest}, [](const auto&, const auto&, const auto&) { return printed("", 1); }).checks[0].state,
            CheckState::incomplete);
  EXPECT_EQ(run({pytest}, [](const auto&, const auto&, const auto&) { return printed("", 5); }).checks[0].state,
            CheckState::skipped);
}

TEST_F(Pipeline, RunsInParallelKeepsOrderAndTellsItsObserver) {
  std::mutex mutex;
  std::condition_variable both;
  int inside = 0;
  const Executor meet = [&](const sandbox::Plan&, const auto& tell, const auto&) {
    std::unique_lock lock(mutex);
    ++inside;
    both.notify_all();
    EXPECT_TRUE(both.wait_for(lock, std::chrono::seconds(10), [&] { return inside == 2; }))
        << "the two checks did not run side by side";
    tell(process::Stream::out, "hello");
    return printed("", 0);
  };
  std::atomic<int> started = 0, finished = 0, heard = 0;
  Observer observer{[&](const auto&) { ++started; }, [&](std::string_view, std::string_view) { ++heard; },
                    [&](const auto&) { ++finished; }};
  const auto report = run({check("flake8", "flake8"), check("other", "flake8")}, meet, observer);
  EXPECT_EQ(report.checks[0].name, "flake8");
  EXPECT_EQ(report.checks[1].name, "other");
  EXPECT_EQ(started, 2);
  EXPECT_EQ(finished, 2);
  EXPECT_EQ(heard, 2);
}

TEST_F(Pipeline, CancelledChecksSaySo) {
  const auto report = pipeline::run(
      {check("flake8", "flake8")}, workspace_, [](const auto&, const auto&, const auto&) { return printed("", 0); }, 1,
      {}, [] { return true; });
  EXPECT_EQ(report.checks[0].state, CheckState::cancelled);
}

TEST_F(Pipeline, AWordAboutAWholeFileConcernsWhoeverGaveItItsName) {
  const auto report = run({check("greenroom", "rdjsonl")}, [](const auto&, const auto&, const auto&) {
    return printed(
        "{\"message\":\"m\",\"location\":{\"path\":\"moved.py\"},\"code\":{\"value\":\"GR019\"}}\n"
        "{\"message\":\"m\",\"location\":{\"path\":\"moved.py\",\"range\":{\"start\":{\"line\":1}}}}\n"
        "{\"message\":\"m\",\"location\":{\"path\":\"other.py\"}}\n",
        0);
  });
  ASSERT_EQ(report.findings.size(), 3u);
  EXPECT_EQ(report.findings[0].placement, Placement::file) << "a rename brings the name, and no line";
  EXPECT_EQ(report.findings[1].placement, Placement::elsewhere);
  EXPECT_EQ(report.findings[2].placement, Placement::elsewhere);
}

TEST_F(Pipeline, ASymlinkIsNotReadForLineTexts) {
  ASSERT_EQ(symlink("/etc/passwd", (folder_ / "link.py").c_str()), 0);
  workspace_.diff = *diff::parse(
      "diff --git a/link.py b/link.py\nnew file mode 120000\n--- /dev/null\n+++ b/link.py\n@@ -0,0 +1 "
      "@@\n+/etc/passwd\n");
  const auto report = run({check("flake8", "flake8")},
                          [](const auto&, const auto&, const auto&) { return printed("link.py:1:1: E741 x\n", 1); });
  EXPECT_EQ(report.findings[0].line_text, "");
}

}  // namespace
}  // namespace greenroom::pipeline
