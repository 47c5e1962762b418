#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "lib/checks/trusted.h"
#include "lib/process/process.h"
#include "tests/support/temp_directory.h"

namespace greenroom::checks {
namespace {

using ::testing::HasSubstr;

std::string run_rules(const std::string& text) {
  const testing::TempDirectory folder;
  folder.write("rules.py", trusted_file("greenroom_rules.py"));
  folder.write("a.py", text);
  process::Command command;
  command.argv = {"/usr/bin/python3", "-I", "rules.py", "a.py", "no-such-file.py"};
  command.directory = folder.path();
  command.environment = {{"PATH", "/usr/bin"}};
  const auto outcome = process::run(command);
  if (!outcome || !outcome->ok()) return "failed: " + (outcome ? outcome->err.joined() : outcome.error().describe());
  return outcome->out.joined();
}

TEST(OwnRules, FindReloadAndSearchPathAndPython2) {
  EXPECT_THAT(run_rules("import importlib\nimportlib.reload(x)\n"), HasSubstr("GR001"));
  EXPECT_THAT(run_rules("reload(x)\n"), HasSubstr("GR001"));
  EXPECT_THAT(run_rules("import sys\nsys.path.insert(0, '.')\n"), HasSubstr("GR005"));
  EXPECT_THAT(run_rules("import sys\nsys.path += ['.']\n"), HasSubstr("GR005"));
  for (const char* old :
       {"print 'x'\n", "print\nprint 'a'\n", "try:\n    pass\nexcept IOError, e:\n    pass\n",
        "raise ValueError, 'x'\n", "d.has_key(1)\n", "if 1 <> 2: pass\n", "x = 0777\n", "x = ur'a'\n", "exec 'x'\n"})
    EXPECT_THAT(run_rules(old), HasSubstr("GR006")) << old;
}

TEST(OwnRules, NameANewFileThatStandsBeforeAModuleOfPython) {
  const testing::TempDirectory folder;
  folder.write("rules.py", trusted_file("greenroom_rules.py"));
  const auto told = [&](const std::string& path, bool is_new) {
    std::filesystem::create_directories(std::filesystem::path(folder / path).parent_path());
    folder.write(path, "");
    process::Command command;
    command.argv = {"/usr/bin/python3", "-I", "rules.py"};
    if (is_new) command.argv.push_back("--new=" + path);
    command.argv.push_back(path);
    command.directory = folder.path();
    command.environment = {{"PATH", "/usr/bin"}};
    const auto outcome = process::run(command);
    return outcome && outcome->ok() ? outcome->out.joined() : "failed";
  };
  EXPECT_THAT(told("queue.py", true),
              HasSubstr("queue.py stands before Python's own module 'queue': whoever imports that gets this file"));
  EXPECT_THAT(told("src/ast.py", true), HasSubstr("\"GR019\""));
  EXPECT_THAT(told("json/__init__.py", true), HasSubstr("json/ stands before Python's own module 'json'"));
  EXPECT_THAT(told("typing.pyi", true), HasSubstr("typing.pyi stands before"));
  EXPECT_THAT(told("mypy_extensions.py", true), HasSubstr("stands before mypy's module 'mypy_extensions'"));
  EXPECT_EQ(told("enum.py", false), "") << "the project had it before";
  for (const char* own : {"shots.py", "src/shotlist/__init__.py", "test/__init__.py", "conftest.py", "__init__.py"})
    EXPECT_EQ(told(own, true), "") << own;
}

TEST(OwnRules, LeaveModernCodeAlone) {
  EXPECT_EQ(
      run_rules("print('x')\ntry:\n    pass\nexcept (A, B) as e:\n    raise ValueError('x') from e\npath = sys.path\n"),
      "");
  EXPECT_EQ(run_rules("def f(:\n    print(1)\n"), "");  // a mistake of today is no Python 2
  EXPECT_EQ(run_rules(std::string("\0\xff", 2)), "");
  EXPECT_EQ(run_rules("x = " + std::string(5000, '(') + "1" + std::string(5000, ')')), "");
}

}  // namespace
}  // namespace greenroom::checks
