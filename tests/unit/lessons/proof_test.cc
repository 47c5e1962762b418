// Every lesson against the real tool: its bad example triggers the code, its good one does not.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "lib/environment/size.h"
#include "lib/process/process.h"
#include "tests/unit/lessons/examples.h"

namespace greenroom::teaching {
namespace {

const std::set<std::string> kPython{"python"};
// Plug-ins that Debian's flake8 comes without; ruff has the same rules under the same names.
const std::set<std::string> kPluginCodes{"B006", "B012", "B023", "ANN001", "ANN201"};

// In the virtualenv of newer tools, which is not on every machine.
std::string pinned(const std::string& tool) {
  const char* tools = std::getenv("GREENROOM_TOOLS");
  return std::string(tools != nullptr ? tools : "/usr/local") + "/bin/" + tool;
}

TEST(Lesson, ExamplesForFlake8TriggerTheirCode) {
  const Examples examples(kPython);
  expect_proved(
      examples, "flake8",
      examples.run({"/usr/bin/flake8", "--isolated", "--max-line-length=88"}, R"(^(?:\./)?([^:]+):\d+:\d+: (\w+) )"),
      [] {
        auto beyond = kPluginCodes;
        beyond.insert("E902");  // a file that cannot be opened
        return beyond;
      }());
}

TEST(Lesson, ExamplesForPylintTriggerTheirCode) {
  const Examples examples(kPython);
  expect_proved(examples, "pylint",
                examples.run({"/usr/bin/pylint", "--rcfile=/dev/null", "--max-line-length=88", "--persistent=n",
                              "--disable=duplicate-code", "--msg-template={path}:{msg_id}"},
                             R"(^([^:]+):([A-Z]\d{4})$)"));
}

void expect_proved_by_mypy(const std::string& program) {
  // One file that does not parse stops mypy for all, so that lesson gets a run of its own below.
  const Examples examples(kPython, {"flake8/E999"});
  expect_proved(
      examples, "mypy",
      examples.run({program, "--config-file=/dev/null", "--no-incremental", "--cache-dir=/dev/null",
                    "--show-error-codes", "--disallow-untyped-defs", "--check-untyped-defs", "--no-color-output"},
                   R"(^([^:]+):\d+: error: .*\[([\w-]+)\]$)"));
}

TEST(Lesson, ExamplesForMypyTriggerTheirCode) { expect_proved_by_mypy("/usr/bin/mypy"); }

TEST(Lesson, ExamplesForThePinnedMypyTriggerTheirCodeWhereItIsFound) {
  const auto mypy = pinned("mypy");
  if (!std::filesystem::exists(mypy)) GTEST_SKIP() << "no mypy at " << mypy;
  expect_proved_by_mypy(mypy);
}

TEST(Lesson, MypySaysSyntaxToAFileThatDoesNotParse) {
  std::set<std::string> others;
  for (const auto& lesson : lessons().all()) {
    if (lesson.id != "flake8/E999") others.insert(lesson.id);
  }
  const Examples examples(kPython, others);
  expect_proved(
      examples, "mypy",
      examples.run({"/usr/bin/mypy", "--config-file=/dev/null", "--cache-dir=/dev/null", "--show-error-codes"},
                   R"(^([^:]+):\d+: error: .*\[([\w-]+)\]$)"));
}

TEST(Lesson, ExamplesForShellcheckTriggerTheirCode) {
  const Examples examples({"sh", "bash"});
  expect_proved(examples, "shellcheck",
                examples.run({"/usr/bin/shellcheck", "--norc", "--format=gcc"}, R"(^([^:]+):\d+:\d+: .*\[(SC\d+)\]$)"));
}

TEST(Lesson, ExamplesForCppcheckTriggerTheirCode) {
  const Examples examples({"c"});
  expect_proved(examples, "cppcheck",
                examples.run({"/usr/bin/cppcheck", "--quiet", "--enable=warning,style",
                              "--suppress=missingIncludeSystem", "--template={file}:{id}"},
                             R"(^([^:]+):(\w+)$)"));
}

TEST(Lesson, ExamplesForPytestFailAndPass) {
  const Examples examples(kPython, {"flake8/E999"});
  expect_proved(examples, "pytest",
                examples.run({"/usr/bin/python3", "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider", "-rf",
                              "--continue-on-collection-errors"},
                             R"(^FAILED ([^:]+)::)", "failed"));
}

TEST(Lesson, ExamplesForBlackAreLaidOutByIt) {
  const Examples examples(kPython, {"flake8/E999"});
  expect_proved(
      examples, "black",
      examples.run({"/usr/bin/black", "--check", "--config=/dev/null"}, R"(^would reformat (\S+)$)", "format"));
}

TEST(Lesson, ExamplesForIsortAreSortedByIt) {
  const Examples examples(kPython, {"flake8/E999"});
  expect_proved(examples, "isort",
                examples.run({"/usr/bin/isort", "--check-only", "--profile=black", "--settings-path=/dev"},
                             R"(^ERROR: .*/([^/ ]+) Imports are incorrectly)", "imports"));
}

TEST(Lesson, ExamplesForClangFormatAreLaidOutByIt) {
  const Examples examples({"c"});
  expect_proved(examples, "clang-format",
                examples.run({"/usr/bin/clang-format", "--dry-run", "--style={BasedOnStyle: LLVM}"},
                             R"(^([^:]+):\d+:\d+: warning: code should be clang-formatted)", "format"));
}

TEST(Lesson, ExamplesForGreenroomsOwnRulesTriggerTheirCode) {
  const Examples examples(kPython, {"flake8/E999"});
  expect_proved(
      examples, "greenroom",
      examples.run({"/usr/bin/python3", std::string(GREENROOM_SOURCE_DIR) + "/lib/checks/trusted/greenroom_rules.py"},
                   R"x("path": "([^"]+)".*"value": "(GR\d+)")x"));
}

// What PYTHONPATH is after the lines of an example, as a finding's code.
std::string code_of_path_after(const std::string& example) {
  process::Command command;
  command.argv = {"/bin/sh", "-e", "-c", example + "printf %s \"$PYTHONPATH\""};
  command.environment = {{"PATH", "/usr/bin:/bin"}};
  const auto outcome = process::run(command);
  if (!outcome || !outcome->ok() || outcome->out.joined().empty()) return "does not run";
  return environment::oversize({{"PYTHONPATH", outcome->out.joined()}}) ? "GR002" : "small";
}

TEST(Lesson, ExamplesOfALargeEnvironmentAreAsLargeAsTheySay) {
  const Lesson* lesson = lessons().by_id("greenroom/GR002");
  ASSERT_NE(lesson, nullptr);
  EXPECT_EQ(code_of_path_after(lesson->bad_example), lesson->codes.at(0));
  EXPECT_EQ(code_of_path_after(lesson->good_example), "small");
}

TEST(Lesson, GreenroomsOwnRulesNameEveryFileThatShouldHaveAnotherName) {
  const Examples none({});
  int proved = 0;
  for (const auto& lesson : lessons().all()) {
    const auto bad = Examples::named(lesson.bad_example), good = Examples::named(lesson.good_example);
    if (bad.empty()) continue;
    ++proved;
    std::ofstream(std::filesystem::path(none.directory()) / bad) << lesson.bad_example;
    std::ofstream(std::filesystem::path(none.directory()) / good) << lesson.good_example;
    const auto codes = none.run(
        {"/usr/bin/python3", "-I", std::string(GREENROOM_SOURCE_DIR) + "/lib/checks/trusted/greenroom_rules.py",
         "--new=" + bad, "--new=" + good, bad, good},
        R"x("path": "([^"]+)".*"value": "(GR\d+)")x");
    EXPECT_EQ(codes, (Codes{{bad, {lesson.codes.begin(), lesson.codes.end()}}})) << lesson.id;
  }
  EXPECT_GT(proved, 0);
}

// ruff is not in Debian: checked where the pinned tools are installed, or where ruff is on this machine.
TEST(Lesson, ExamplesForRuffTriggerTheirCodeWhereRuffIsFound) {
  const auto ruff = pinned("ruff");
  if (!std::filesystem::exists(ruff)) GTEST_SKIP() << "no ruff at " << ruff;
  const Examples examples(kPython);
  expect_proved(examples, "ruff",
                examples.run({ruff, "check", "--isolated", "--no-cache", "--select=E,F,W,B,ANN,I",
                              "--output-format=concise", "--line-length=88"},
                             R"(^([^:]+):\d+:\d+: ([\w-]+)[: ])"),
                {""});
}

TEST(Lesson, EveryLessonIsProvedBySomeToolAbove) {
  const std::set<std::string> tools{"environment", "greenroom", "flake8", "pylint", "mypy",        "shellcheck",
                                    "cppcheck",    "pytest",    "black",  "isort",  "clang-format"};
  for (const auto& lesson : lessons().all()) EXPECT_TRUE(tools.contains(lesson.tool)) << lesson.id;
  EXPECT_GE(lessons().all().size(), 28u);
}

}  // namespace
}  // namespace greenroom::teaching
