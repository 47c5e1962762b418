#include "lib/pipeline/limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/pipeline/verdict.h"

namespace greenroom::pipeline {
namespace {

using model::CheckKind;
using model::CheckState;
using model::Limit;
using sandbox::Room;

constexpr const char* kOneOfTwoFails =
    R"(<testsuites><testsuite tests="2"><testcase classname="t" name="a"/>)"
    R"(<testcase classname="t" name="b" file="t.py" line="3"><failure message="OSError">x</failure></testcase></testsuite></testsuites>)";
constexpr const char* kOnePasses =
    R"(<testsuites><testsuite tests="1"><testcase classname="t" name="a"/></testsuite></testsuites>)";

class Verdict : public ::testing::Test {
 protected:
  Verdict() { outcome.process.exit_code = 1; }
  model::CheckResult of(CheckKind kind, const std::string& format, std::vector<int> exits = {}) const {
    checks::Check check;
    check.kind = kind;
    check.format = format;
    check.exits = std::move(exits);
    check.limits.wall = std::chrono::seconds(300);
    model::CheckResult result = waiting(check);
    result.state = CheckState::running;
    read_outcome(
        check, outcome, [](std::string_view) { return std::string_view(); }, "/work/", result);
    return result;
  }
  model::CheckResult of_linter() const { return of(CheckKind::lint, "flake8", {0, 1}); }
  model::CheckResult of_tests() const { return of(CheckKind::test, "junit", {0, 1, 2, 5}); }
  void reported(const char* xml) { outcome.artefacts = {{"junit.xml", xml}}; }
  void print(const char* text) { outcome.process.out.head = text; }

  sandbox::SandboxOutcome outcome;
};

TEST_F(Verdict, OfALinterAtItsLimitIsAFaultOfOurs) {
  print("a.py:2:1: E741 x\n");
  EXPECT_EQ(of_linter().state, CheckState::running) << "its findings decide";
  const auto errored = [&](const char* headline) {
    const auto result = of_linter();
    EXPECT_EQ(result.state, CheckState::errored) << headline;
    EXPECT_EQ(result.headline, headline);
    EXPECT_EQ(result.limit, Limit::none) << headline;
    EXPECT_TRUE(result.diagnostics.empty()) << headline;
  };
  for (const auto& [room, words] :
       {std::pair{Room::no_more_bytes, "stopped, out of room: it wrote more than the 512 MiB it may"},
        std::pair{Room::no_more_files, "stopped, out of room: it made more files than the 131072 it may"},
        std::pair{Room::file_too_large, "stopped, out of room: it wrote a file of more than the 256 MiB it may"},
        std::pair{Room::none_it_says, "stopped, out of room: it says that no space was left on the device"}}) {
    outcome.room = room;
    errored(words);
  }
  outcome.out_of_memory = true;
  errored("stopped: it needed more than 1024 MiB of memory");
  outcome.process.timed_out = true;
  errored("stopped after 300 s: its time was up");
}

TEST_F(Verdict, OfTestsAtALimitIsNoneAndNamesTheLimit) {
  const auto incomplete = [&](Limit limit, const std::string& why) {
    const auto result = of_tests();
    EXPECT_EQ(result.state, CheckState::incomplete) << why;
    EXPECT_EQ(result.headline, "the tests did not finish: " + why);
    EXPECT_EQ(result.limit, limit) << why;
    EXPECT_EQ(result.tests.passed, 0) << "nothing was counted to its end";
  };
  for (const char* report : {"", "<testsuites><testsuite tests=\"2\"", kOnePasses}) {
    outcome = {};
    reported(report);
    outcome.room = Room::no_more_files;
    incomplete(Limit::room, "they made more files than the 131072 they may");
    outcome.room = Room::none_it_says;
    incomplete(Limit::room, "they say that no space was left on the device");
    outcome.out_of_memory = true;
    incomplete(Limit::memory, "they needed more than the 1024 MiB of memory they may");
    outcome.process.timed_out = true;
    incomplete(Limit::time, "they reached the time limit of 300 s");
    print("tests/test_a.py ..F\ntests/test_slow.py ");
    incomplete(Limit::time, "they reached the time limit of 300 s; the last test that began was in tests/test_slow.py");
    print("tests/test_a.py::test_one PASSED\ntests/test_a.py::test_two ");
    incomplete(Limit::time,
               "they reached the time limit of 300 s; the last test that began was tests/test_a.py::test_two");
  }
}

TEST_F(Verdict, OfTestsThatAWholeReportCountedStandsAtALimit) {
  reported(kOneOfTwoFails);
  const auto failed = [&](const std::string& why) {
    const auto result = of_tests();
    EXPECT_EQ(result.state, CheckState::failed);
    EXPECT_EQ(result.headline, "1 of 2 tests failed; " + why);
    EXPECT_EQ(result.limit, Limit::none);
    EXPECT_EQ(result.diagnostics.size(), 1u);
  };
  outcome.room = Room::no_more_bytes;
  failed("out of room: they wrote more than the 512 MiB they may");
  outcome.process.timed_out = true;
  failed("they reached the time limit of 300 s");
}

TEST_F(Verdict, OfTestsIsAClaimAndNeverAFaultOfOurs) {
  struct Row {
    const char* report;
    int exit_code;
    const char* headline;
  };
  for (const auto& [report, exit_code, headline] : {
           Row{"", 0, "the tests ended before they wrote their report"},
           Row{"<testsuites><testsuite", 0, "the tests ended before they wrote their report"},
           Row{"<testsuites/>", 0, "the report of the tests holds no test"},
           Row{kOneOfTwoFails, 0, "the report and the exit status of the tests disagree"},
           Row{kOnePasses, 1, "the tests failed, and their report does not say which"},
           Row{kOnePasses, 3, "pytest stopped with an error of its own"},
           Row{kOnePasses, 7, "the tool stopped with code 7"},
           Row{kOnePasses, 139, "the tool stopped with code 139"},
       }) {
    reported(report);
    outcome.process.exit_code = exit_code;
    const auto result = of_tests();
    EXPECT_EQ(result.state, CheckState::incomplete) << headline;
    EXPECT_EQ(result.headline, headline);
    EXPECT_EQ(result.limit, Limit::none) << headline;
  }
  reported(kOnePasses);
  outcome.process.exit_code = 0;
  EXPECT_EQ(of_tests().state, CheckState::running) << "this one is whole, and concluded later";
}

TEST(LastTestBegun, IsReadFromWhatPytestPrintsMeanwhile) {
  for (const auto& [out, name] : {
           std::pair{"", ""},
           std::pair{"..F", ""},
           std::pair{"==== test session starts ====\nrootdir: /work, configfile: a.py \ncollected 3 items\n\n", ""},
           std::pair{"==== test session starts ====\n\ntests/test_a.py .. [ 66%]\ntests/test_b.py ", "tests/test_b.py"},
           std::pair{"my tests/test_a.py .", "my tests/test_a.py"},
           std::pair{"tests/test_a.py::test_x[a b] PASSED [1%]\ntests/test_a.py::test_y ", "tests/test_a.py::test_y"},
           std::pair{"test_a.py .\n\n==== FAILURES ====\ntest_b.py is only spoken of", "test_a.py"},
           std::pair{"a.pyc and b.pyx are no tests", ""},
           std::pair{"test_\xff.py .", "test_\xEF\xBF\xBD.py"},
       })
    EXPECT_EQ(last_test_begun(out), name) << out;
  EXPECT_LE(last_test_begun(std::string(100000, 'x') + ".py ").size(), 200u);
}

}  // namespace
}  // namespace greenroom::pipeline
