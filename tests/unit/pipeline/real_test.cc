// Real tools in the real sandbox, over real projects.

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "lib/pipeline/pipeline.h"
#include "tests/support/temp_directory.h"

namespace greenroom::pipeline {
namespace {

using model::CheckState;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// All lines of all files are the author's.
std::string new_file_diff(const std::string& path, const std::string& content) {
  std::string lines;
  int count = 0;
  for (std::size_t at = 0; at < content.size(); ++count) {
    const auto end = content.find('\n', at);
    lines += "+" + content.substr(at, end - at + 1);
    at = end + 1;
  }
  return "diff --git a/" + path + " b/" + path + "\nnew file mode 100644\n--- /dev/null\n+++ b/" + path +
         "\n@@ -0,0 +1," + std::to_string(count) + " @@\n" + lines;
}

class RealTools : public ::testing::Test {
 protected:
  RealTools() {
    std::filesystem::create_directories(folder_ / "checkout");
    std::filesystem::create_directories(folder_ / "scratch");
  }
  void add(const std::string& path, const std::string& content) {
    folder_.write("checkout/" + path, content);
    files_.push_back(path);
    diff_ += new_file_diff(path, content);
  }
  Report run(const std::map<std::string, std::string>& base = {}) {
    const auto config = config::Config::load("", [](const std::string&) { return std::string(); });
    // With the pinned virtualenv where there is one; everything has to hold with both.
    const char* pinned = std::getenv("GREENROOM_TOOLS");
    static const auto toolbox = checks::find_tools(pinned == nullptr ? "" : pinned);
    const auto planned = checks::plan({files_, files_,
                                       [&](std::string_view path) {
                                         const auto found = base.find(std::string(path));
                                         return found == base.end() ? std::string() : found->second;
                                       }},
                                      toolbox, *config);
    EXPECT_TRUE(planned);
    const Workspace workspace{folder_ / "checkout", folder_ / "scratch", *diff::parse(diff_)};
    return pipeline::run(*planned, workspace, sandbox::execute, 2, {}, [] { return false; });
  }
  static const model::CheckResult& of(const Report& report, std::string_view name) {
    for (const auto& check : report.checks)
      if (check.name == name) return check;
    throw std::runtime_error("no check " + std::string(name));
  }
  static std::vector<std::string> found(const Report& report, std::string_view check) {
    std::vector<std::string> codes;
    for (const auto& finding : report.findings)
      if (finding.check == check)
        codes.push_back(finding.diagnostic.path + ":" + std::to_string(finding.diagnostic.span.line) + " " +
                        finding.diagnostic.code);
    return codes;
  }

  static bool has_ruff() { return std::getenv("GREENROOM_TOOLS") != nullptr; }
  static const char* linter() { return has_ruff() ? "ruff" : "flake8"; }

  testing::TempDirectory folder_;
  std::vector<std::string> files_;
  std::string diff_;
};

TEST_F(RealTools, AreContentWithCleanCode) {
  add("src/shotlist/__init__.py", "\"\"\"Shots.\"\"\"\n");
  add("src/shotlist/total.py", "def total(frames: list[int]) -> int:\n    return sum(frames)\n");
  add("tests/test_total.py",
      "from shotlist.total import total\n\n\ndef test_total():\n    assert total([1, 2]) == 3\n");
  add("run.sh", "#!/bin/sh\necho \"$1\"\n");
  add("main.c", "int main(void) { return 0; }\n");
  const auto report = run({{".clang-format", "BasedOnStyle: Google\n"}});
  EXPECT_EQ(report.checks.size(), 10u);
  for (const auto& check : report.checks) {
    EXPECT_EQ(check.state, CheckState::passed) << check.name << ": " << check.headline << "\n" << check.log_head;
    EXPECT_LT(check.started_at, check.finished_at) << check.name;
  }
  EXPECT_EQ(of(report, "pytest").headline, "1 test passed");
  EXPECT_THAT(report.findings, IsEmpty());
}

TEST_F(RealTools, FindWhatIsThere) {
  add("src/shotlist/__init__.py", "\"\"\"Shots.\"\"\"\n");
  add("src/shotlist/total.py",
      "import sys\nimport os\n\nsys.path.append('x')\n\n\ndef total(frames=[]) -> int:\n    return ''\n\n\ntotal(1, "
      "2)\n");
  add("tests/test_total.py", "from shotlist.total import total\n\n\ndef test_total():\n    assert total() == 3\n");
  add("run.sh", "#!/bin/sh\necho $1\n");
  add("main.c", "int main(void){ int x; return x; }\n");
  const auto report = run({{".clang-format", "BasedOnStyle: Google\n"}});
  EXPECT_THAT(found(report, linter()), Contains("src/shotlist/total.py:2 F401"));
  EXPECT_THAT(found(report, "pylint"), Contains("src/shotlist/total.py:7 W0102"));
  EXPECT_THAT(found(report, "pylint"), Contains("src/shotlist/total.py:11 E1121"));
  EXPECT_THAT(found(report, "greenroom"), Contains("src/shotlist/total.py:4 GR005"));
  EXPECT_THAT(found(report, "mypy"), Contains("src/shotlist/total.py:8 return-value"));
  EXPECT_THAT(found(report, "shellcheck"), Contains("run.sh:2 SC2086"));
  EXPECT_THAT(found(report, "cppcheck"), Contains("main.c:1 uninitvar"));
  for (const char* formatter : {"black", "isort", "clang-format"})
    EXPECT_EQ(of(report, formatter).state, CheckState::attention) << formatter << of(report, formatter).log_head;
  EXPECT_THAT(of(report, "black").patch, HasSubstr("+++ b/src/shotlist/total.py"));
  EXPECT_THAT(of(report, "isort").patch, HasSubstr("+++ b/src/shotlist/total.py"));
  EXPECT_EQ(of(report, "pytest").state, CheckState::failed);
}

TEST_F(RealTools, SayThatAFileDoesNotParseAndReadTheOthers) {
  add("broken.py", "def f(:\n");
  add("unused.py", "import os\n");
  const auto report = run();
  if (!has_ruff()) {
    EXPECT_THAT(found(report, "flake8"), Contains("broken.py:1 E999"));
  }
  EXPECT_THAT(found(report, linter()), Contains("unused.py:1 F401"));
  EXPECT_EQ(of(report, "black").state, CheckState::incomplete) << of(report, "black").headline;
  EXPECT_EQ(of(report, "mypy").state, CheckState::incomplete) << of(report, "mypy").headline;
}

TEST_F(RealTools, ACrashIsNeverTheAuthorsFault) {
  std::string sum = "TOTAL = 0";
  for (int i = 0; i < 20000; ++i) sum += " + 1";
  add("total.py", sum + "\n");
  const auto report = run();
  if (!has_ruff()) {
    EXPECT_EQ(of(report, "flake8").state, CheckState::errored) << of(report, "flake8").headline;
  }
  EXPECT_EQ(of(report, "mypy").state, CheckState::errored) << of(report, "mypy").headline;
  EXPECT_EQ(of(report, "pylint").state, CheckState::errored) << of(report, "pylint").headline;
  for (const auto& check : report.checks) EXPECT_NE(check.state, CheckState::failed) << check.name;
  EXPECT_THAT(found(report, "pylint"), IsEmpty());
}

// mypy then refuses the whole project, and pytest does not even start: neither is a fault of ours.
TEST_F(RealTools, AFileThatStandsBeforeAModuleOfPythonIsNamed) {
  add("typing.py", "WHAT = 1\n");
  add("tests/test_a.py", "def test_one():\n    pass\n");
  const auto report = run();
  EXPECT_THAT(found(report, "greenroom"), ::testing::ElementsAre("typing.py:0 GR019"));
  EXPECT_EQ(of(report, "greenroom").state, CheckState::attention);
  EXPECT_EQ(of(report, "mypy").state, CheckState::incomplete);
  EXPECT_EQ(of(report, "mypy").headline,
            "mypy cannot read a project whose typing.py stands before a module that mypy needs");
  EXPECT_THAT(found(report, "mypy"), IsEmpty());
  EXPECT_EQ(of(report, "pytest").state, CheckState::incomplete) << of(report, "pytest").log_head;
  for (const auto& check : report.checks) EXPECT_NE(check.state, CheckState::errored) << check.name;
}

TEST_F(RealTools, ACrashOverOneFileHidesNothingOfTheOthers) {
  std::string sum = "TOTAL = 0";
  for (int i = 0; i < 20000; ++i) sum += " + 1";
  add("a.py", "import os\n");
  add("total.py", sum + "\n");
  add("z.py", "def f(x=[]):\n    return x\n");
  const auto report = run();
  EXPECT_THAT(found(report, linter()), Contains("a.py:1 F401"));
  EXPECT_THAT(found(report, "pylint"), Contains("z.py:1 W0102"));
  EXPECT_EQ(of(report, "pylint").state, CheckState::errored);
  EXPECT_THAT(of(report, "pylint").headline, HasSubstr("total.py"));
}

TEST_F(RealTools, TestsThatMissAPackageAreNotFailing) {
  add("shotlist.py", "ONE = 1\n");
  add("tests/test_a.py", "import numpy_not_here\n\n\ndef test_one():\n    assert numpy_not_here\n");
  const std::map<std::string, std::string> only_tests{{".greenroom.yml", "checks: {enabled: [pytest]}\n"}};
  const auto report = run(only_tests);
  EXPECT_EQ(of(report, "pytest").state, CheckState::incomplete)
      << of(report, "pytest").headline << of(report, "pytest").log_head;
  EXPECT_EQ(of(report, "pytest").headline, "the tests need packages that are not installed here: numpy_not_here");
  add("tests/test_b.py", "import shotlist.nothing\n\n\ndef test_one():\n    pass\n");
  EXPECT_EQ(of(run(only_tests), "pytest").state, CheckState::failed)
      << "a module of the project itself is the project's";
}

// Whoever ends the process with status 0 has shown nothing: without a whole report there is no verdict.
TEST_F(RealTools, TestsThatEndTheProcessHaveNotPassed) {
  const std::string early = "import os\n\nos._exit(0)\n";
  const std::string torn = "import os\n\nopen('/tmp/out/junit.xml', 'w').write('<testsuites><testsuite tests=\"1\"')\n";
  for (const auto& [conftest, test] : std::map<std::string, std::string>{
           {early, "def test_one():\n    assert False\n"},
           {torn + "os._exit(0)\n", "def test_one():\n    assert False\n"},
           {"", "import os\n\n\ndef test_one():\n    pass\n\n\ndef test_two():\n    os._exit(0)\n"}}) {
    folder_.write("checkout/tests/conftest.py", conftest);
    folder_.write("checkout/tests/test_a.py", test);
    files_ = {"tests/conftest.py", "tests/test_a.py"};
    const auto report = run({{".greenroom.yml", "checks: {enabled: [pytest]}\n"}});
    EXPECT_EQ(of(report, "pytest").exit_code, 0) << "it claims to have done well";
    EXPECT_EQ(of(report, "pytest").state, CheckState::incomplete) << conftest << of(report, "pytest").headline;
  }
}

TEST_F(RealTools, ATestThatRunsTooLongIsStopped) {
  add("test_slow.py", "import threading\n\n\ndef test_slow():\n    threading.Event().wait(600)\n");
  const auto report = run({{".greenroom.yml", "checks: {enabled: [pytest], test_seconds: 8}\n"}});
  EXPECT_EQ(of(report, "pytest").state, CheckState::incomplete) << "the change's own doing, not a fault of ours";
  EXPECT_EQ(of(report, "pytest").limit, model::Limit::time);
  EXPECT_EQ(
      of(report, "pytest").headline,
      "the tests did not finish: they reached the time limit of 8 s; the last test that began was in test_slow.py");
}

TEST_F(RealTools, TestsWriteToALayerThatIsThrownAway) {
  add("test_write.py",
      "import pathlib\n\n\ndef test_write():\n    pathlib.Path('made.txt').write_text('x')\n    assert "
      "pathlib.Path('made.txt').exists()\n");
  const auto report = run({{".greenroom.yml", "checks: {enabled: [pytest]}\n"}});
  EXPECT_EQ(of(report, "pytest").state, CheckState::passed) << of(report, "pytest").log_head;
  EXPECT_EQ(folder_.read("checkout/made.txt"), "");
}

TEST_F(RealTools, AFixOverSeveralLinesKeepsTheLinesThatItReplaces) {
  if (!has_ruff()) GTEST_SKIP() << "without ruff no tool offers a safe fix over several lines";
  add("listing.py", "from os import (\n    environ,\n    path,\n)\n\nprint(environ)\n");
  const auto report = run();
  const auto unused = std::ranges::find_if(report.findings, [](const auto& f) { return f.diagnostic.code == "F401"; });
  ASSERT_NE(unused, report.findings.end());
  ASSERT_TRUE(unused->diagnostic.fix);
  EXPECT_EQ(unused->diagnostic.span.line, 3);
  EXPECT_EQ(unused->diagnostic.fix->first_line, 1);
  EXPECT_THAT(unused->diagnostic.fix->lines,
              ::testing::ElementsAre("from os import (", "    environ,", "    path,", ")"));
}

TEST_F(RealTools, SayThatATestRanOutOfRoom) {
  add("tests/test_many.py",
      "def test_many(tmp_path):\n    for number in range(10**6):\n        (tmp_path / str(number)).touch()\n");
  const auto report = run();
  EXPECT_THAT(of(report, "pytest").state, ::testing::AnyOf(CheckState::failed, CheckState::incomplete));
  EXPECT_THAT(of(report, "pytest").headline, HasSubstr("they made more files than the "));
}

TEST_F(RealTools, ImportCostIsMeasuredInTheSandbox) {
  add("shotlist/__init__.py", "import json\nopen('/work/left-behind', 'w').close()\n");
  add("other/__init__.py", "import no_such_package\n");
  const auto report = run({{".greenroom.yml", "checks: {enabled: [import-cost]}\n"}});
  const auto& check = of(report, "import-cost");
  EXPECT_EQ(check.state, CheckState::passed) << check.log_head;
  EXPECT_THAT(check.headline, HasSubstr("import shotlist: "));
  EXPECT_THAT(check.headline, HasSubstr("; 1 stopped"));
  EXPECT_THAT(check.log_head,
              HasSubstr("import other: stopped. ModuleNotFoundError: No module named 'no_such_package'"));
  EXPECT_THAT(check.log_head, HasSubstr("shotlist (yours)"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "checkout/left-behind"));
}

}  // namespace
}  // namespace greenroom::pipeline
