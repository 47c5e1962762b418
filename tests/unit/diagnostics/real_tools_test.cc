// Every format against the tool that prints it, as Debian ships it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/diagnostics/parser.h"
#include "lib/process/process.h"
#include "tests/support/temp_directory.h"

namespace greenroom::diagnostics {
namespace {

using ::testing::HasSubstr;

struct Run {
  process::Outcome outcome;
  std::string artefact;
};

class RealTools : public ::testing::Test {
 protected:
  process::Outcome run(std::vector<std::string> argv) {
    process::Command command;
    command.argv = std::move(argv);
    command.directory = folder_.path();
    command.environment = {{"PATH", "/usr/bin:/bin"}, {"HOME", folder_.path()}, {"LANG", "C.UTF-8"}};
    auto outcome = process::run(command);
    if (!outcome) throw std::runtime_error(outcome.error().describe());
    return *outcome;
  }
  Parsed parse(std::string_view format, const std::string& tool, const process::Outcome& outcome,
               const std::string& artefact = "") {
    const std::string out = outcome.out.joined(), err = outcome.err.joined();
    Input input{out, err, artefact, outcome.exit_code, tool, folder_.path() + "/"};
    return format_named(format)->parse(input, [this](std::string_view path) {
      text_ = folder_.read(path);
      return std::string_view(text_);
    });
  }
  testing::TempDirectory folder_;
  std::string text_;
};

TEST_F(RealTools, Flake8MixesItsColumnUnits) {
  folder_.write("a.py", "a = \"\xF0\x9F\x98\x80\xC3\xA9\"; s = \"str\"; undef_name\n");
  const Parsed parsed = parse("flake8", "flake8", run({"/usr/bin/flake8", "--isolated", "a.py"}));
  ASSERT_EQ(parsed.diagnostics.size(), 3u);
  for (const auto& d : parsed.diagnostics) {
    EXPECT_EQ(d.path, "a.py");
    if (d.code != "F821") continue;
    EXPECT_EQ(d.span.column, 26);
    EXPECT_EQ(d.severity, model::Severity::error);
  }
  EXPECT_FALSE(parsed.crashed);
}

TEST_F(RealTools, Flake8SyntaxError) {
  folder_.write("a.py", "def f(:\n");
  const Parsed parsed = parse("flake8", "flake8", run({"/usr/bin/flake8", "--isolated", "a.py"}));
  ASSERT_FALSE(parsed.diagnostics.empty());
  EXPECT_EQ(parsed.diagnostics[0].code, "E999");
}

TEST_F(RealTools, PylintColumnsAreZeroBased) {
  folder_.write("a.py", "\"\"\"A.\"\"\"\n\nprint(undefined_name)\n");
  const Parsed parsed =
      parse("pylint-json", "pylint",
            run({"/usr/bin/pylint", "--rcfile=/dev/null", "--errors-only", "--output-format=json", "a.py"}));
  ASSERT_EQ(parsed.diagnostics.size(), 1u);
  EXPECT_EQ(parsed.diagnostics[0].code, "E0602");
  EXPECT_EQ(parsed.diagnostics[0].span.column, 7);
  EXPECT_EQ(parsed.diagnostics[0].span.end_column, 21);
}

TEST_F(RealTools, MypyJoinsNotesAndKnowsWhenItStopped) {
  folder_.write("a.py", "def f(x: int) -> str:\n    return x\n");
  const auto argv = std::vector<std::string>{"/usr/bin/mypy",         "--no-incremental",   "--cache-dir=/dev/null",
                                             "--show-column-numbers", "--show-error-codes", "a.py"};
  const Parsed parsed = parse("mypy-text", "mypy", run(argv));
  ASSERT_EQ(parsed.diagnostics.size(), 1u);
  EXPECT_EQ(parsed.diagnostics[0].code, "return-value");
  EXPECT_EQ(parsed.diagnostics[0].span.line, 2);
  EXPECT_EQ(parsed.diagnostics[0].span.column, 12);
  EXPECT_TRUE(parsed.complete);
  folder_.write("a.py", "def f(:\n");
  EXPECT_FALSE(parse("mypy-text", "mypy", run(argv)).complete);
}

TEST_F(RealTools, MypyNamesTheFileThatStandsBeforeAModuleThatItNeeds) {
  folder_.write("typing.py", "WHAT = 1\n");
  std::vector<std::vector<std::string>> programs{{"/usr/bin/mypy"}};
  if (const char* newer = std::getenv("GREENROOM_TOOLS"))
    programs.push_back({std::string(newer) + "/bin/python", "-P", "-m", "mypy"});
  for (auto argv : programs) {
    const std::string mypy = argv[0];
    argv.insert(argv.end(), {"--no-incremental", "--cache-dir=/dev/null", "typing.py"});
    const Parsed parsed = parse("mypy-text", "mypy", run(argv));
    EXPECT_FALSE(parsed.crashed) << mypy;
    EXPECT_FALSE(parsed.complete) << mypy;
    EXPECT_EQ(parsed.note, "mypy cannot read a project whose typing.py stands before a module that mypy needs") << mypy;
    EXPECT_TRUE(parsed.diagnostics.empty()) << mypy;
  }
  process::Outcome quoted;
  quoted.exit_code = 1;
  quoted.out.head = "a.py:1: error: Not \": error: This file shadows library module \"x\"  [misc]\n";
  EXPECT_TRUE(parse("mypy-text", "mypy", quoted).complete) << "an error that quotes the words hides nothing";
  EXPECT_EQ(parse("mypy-text", "mypy", quoted).diagnostics.size(), 1u);
}

TEST_F(RealTools, BlackAndIsortBecomeOnePatch) {
  folder_.write("src/a.py", "import sys\nimport os\nx = [ 1,2 ]\n");
  const Parsed black = parse("unified-diff", "black", run({"/usr/bin/black", "--diff", "-q", "src/a.py"}));
  ASSERT_EQ(black.diagnostics.size(), 1u);
  EXPECT_EQ(black.diagnostics[0].path, "src/a.py");
  EXPECT_EQ(black.diagnostics[0].span.line, 3);
  EXPECT_THAT(black.patch, HasSubstr("--- a/src/a.py\n+++ b/src/a.py\n@@ "));
  folder_.write("black.patch", black.patch);
  EXPECT_TRUE(run({"/usr/bin/git", "apply", "--check", "black.patch"}).ok());
  const Parsed isort = parse("unified-diff", "isort", run({"/usr/bin/isort", "--diff", "-q", "src/a.py"}));
  ASSERT_EQ(isort.diagnostics.size(), 1u);
  EXPECT_EQ(isort.diagnostics[0].code, "imports");
  folder_.write("src/a.py", "def f(:\n");
  EXPECT_FALSE(parse("unified-diff", "black", run({"/usr/bin/black", "--diff", "src/a.py"})).complete);
}

TEST_F(RealTools, PytestNamesTheFailingLine) {
  folder_.write("test_a.py", "def test_good():\n    pass\n\n\ndef test_bad():\n    x = 1\n    assert x == 2\n");
  const auto outcome = run({"/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml=out.xml",
                            "-o", "junit_family=xunit1"});
  const Parsed parsed = parse("junit", "pytest", outcome, folder_.read("out.xml"));
  EXPECT_EQ(parsed.tests.passed, 1);
  EXPECT_EQ(parsed.tests.failed, 1);
  ASSERT_EQ(parsed.diagnostics.size(), 1u);
  EXPECT_EQ(parsed.diagnostics[0].span.line, 7);
  EXPECT_THAT(parsed.diagnostics[0].message, HasSubstr("assert 1 == 2"));
  EXPECT_FALSE(parse("junit", "pytest", outcome, "").complete);
  folder_.write("test_a.py", "");
  const auto none = run({"/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--junitxml=none.xml"});
  EXPECT_TRUE(parse("junit", "pytest", none, folder_.read("none.xml")).complete);
}

TEST_F(RealTools, ShellcheckAndCppcheckAndClangFormat) {
  folder_.write("a.sh", "#!/bin/sh\necho $1\n");
  const Parsed shell = parse("shellcheck-json1", "shellcheck", run({"/usr/bin/shellcheck", "--format=json1", "a.sh"}));
  ASSERT_EQ(shell.diagnostics.size(), 1u);
  EXPECT_EQ(shell.diagnostics[0].code, "SC2086");
  folder_.write("a.c", "int main(void) {\n  int *p = 0;\n  return *p;\n}\n");
  const Parsed c = parse("gcc", "cppcheck", run({"/usr/bin/cppcheck", "--quiet", "--template=gcc", "a.c"}));
  ASSERT_FALSE(c.diagnostics.empty());
  EXPECT_EQ(c.diagnostics[0].code, "nullPointer");
  EXPECT_EQ(c.diagnostics[0].span.line, 3);
  folder_.write("b.c", "int  main( void ){return 0;}\n");
  const Parsed format = parse("gcc", "clang-format", run({"/usr/bin/clang-format", "--dry-run", "b.c"}));
  ASSERT_FALSE(format.diagnostics.empty());
  EXPECT_EQ(format.diagnostics[0].code, "format");
}

TEST_F(RealTools, ACrashIsNeverAFinding) {
  process::Outcome crashed;
  crashed.exit_code = 1;
  crashed.err.head =
      "Traceback (most recent call last):\n  File \"x.py\", line 1\nRecursionError: maximum recursion depth exceeded\n";
  for (const char* format : {"flake8", "pylint-json", "mypy-text", "ruff-json", "unified-diff", "shellcheck-json1",
                             "checkstyle", "sarif", "rdjson", "rdjsonl", "gcc"})
    EXPECT_TRUE(parse(format, "tool", crashed).crashed) << format;
}

}  // namespace
}  // namespace greenroom::diagnostics
