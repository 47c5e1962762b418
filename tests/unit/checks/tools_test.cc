// The real tools with the real arguments, without the sandbox.

#include <gmock/gmock.h>

#include <filesystem>

#include "tests/unit/checks/tools_fixture.h"

namespace greenroom::checks {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(Tools, AreAllFoundWithTheirVersions) {
  std::vector<std::string> names;
  for (const Tool& tool : debian()) {
    names.push_back(tool.name);
    EXPECT_FALSE(tool.version.empty()) << tool.name;
  }
  for (const char* name :
       {"black", "isort", "clang-format", "flake8", "pylint", "python3", "shellcheck", "cppcheck", "mypy", "pytest"})
    EXPECT_THAT(names, Contains(name));
}

TEST_F(Tools, OfAVirtualenvComeFirstAndAreBound) {
  folder_.write("bin/ruff", "#!/bin/sh\necho ruff 9.8.7\n");
  folder_.write("bin/python", "#!/bin/sh\n[ \"$*\" = '-P -m mypy --version' ] && echo mypy 9.9.1\n");
  folder_.write("bin/mypy", "#!/bin/sh\nexit 1\n");
  folder_.write("bin/black", "#!/bin/sh\necho broken >&2; exit 1\n");
  for (const char* name : {"ruff", "python", "mypy", "black"})
    std::filesystem::permissions(folder_ / ("bin/" + std::string(name)), std::filesystem::perms::owner_all);
  const Toolbox toolbox = find_tools(folder_.path());
  const auto tool = [&](std::string_view name) {
    return *std::find_if(toolbox.begin(), toolbox.end(), [&](const Tool& t) { return t.name == name; });
  };
  EXPECT_EQ(tool("ruff").version, "9.8.7");
  EXPECT_EQ(tool("ruff").path, "/opt/greenroom-tools/bin/ruff");
  ASSERT_EQ(tool("ruff").binds.size(), 1u);
  EXPECT_EQ(tool("ruff").binds[0].from, folder_.path());
  EXPECT_EQ(tool("mypy").version, "9.9.1");
  EXPECT_EQ(tool("mypy").path, "/opt/greenroom-tools/bin/python");
  EXPECT_THAT(tool("mypy").prefix, ::testing::ElementsAre("-P", "-m", "mypy"));
  EXPECT_EQ(tool("black").path, "/usr/bin/black") << "one that does not answer is left out";
}

TEST_F(Tools, OfARootFilesystemAnswerFromInsideIt) {
  const char* root = std::getenv("GREENROOM_ROOT_FILESYSTEM");
  if (root == nullptr) GTEST_SKIP() << "no root filesystem for jobs was made";
  folder_.write("bin/ruff", "#!/bin/sh\ntest ! -e /usr/bin/gcc && echo ruff 9.8.7\n");
  std::filesystem::permissions(folder_ / "bin/ruff", std::filesystem::perms::owner_all);
  std::vector<std::string> names;
  for (const Tool& tool : find_tools(folder_.path(), root)) names.push_back(tool.name);
  EXPECT_THAT(names,
              ::testing::UnorderedElementsAre("black", "isort", "clang-format", "flake8", "ruff", "pylint", "python3",
                                              "shellcheck", "cppcheck", "mypy", "pytest", "virtualenv"));
}

TEST_F(Tools, BlackAndIsortPrintWhatTheyWouldChange) {
  add("a b.py", "import sys\nimport os\nx = {  'a':1 }\n");
  EXPECT_THAT(printed(run("black")), AllOf(HasSubstr("--- a b.py\t"), HasSubstr("+x = {\"a\": 1}")));
  EXPECT_THAT(printed(run("isort")), HasSubstr("+import os"));
  EXPECT_EQ(folder_.read("a b.py"), "import sys\nimport os\nx = {  'a':1 }\n");
}

TEST_F(Tools, IsortKnowsTheProjectsOwnPackages) {
  folder_.write("src/shotlist/__init__.py", "");
  view_.files.push_back("src/shotlist/__init__.py");
  add("tests/test_a.py", "import os\n\nimport numpy\n\nimport shotlist\n");
  EXPECT_THAT(printed(run("isort")), IsEmpty());
}

TEST_F(Tools, BlackReadsTheOtherFilesWhenOneDoesNotParse) {
  add("broken.py", "def f(:\n");
  add("untidy.py", "x  = 1\n");
  EXPECT_THAT(printed(run("black")), AllOf(HasSubstr("cannot format broken.py"), HasSubstr("+x = 1")));
}

TEST_F(Tools, Flake8KeepsToTheBaseBranchNotToTheHead) {
  add("setup.cfg", "[flake8]\nignore = F401\n");
  add("a.py", "import os\n");
  EXPECT_THAT(printed(run("flake8")), HasSubstr("a.py:1:1: F401"));
  view_.base["setup.cfg"] = "[flake8]\nignore = F401\n";
  EXPECT_THAT(printed(run("flake8")), IsEmpty());
}

TEST_F(Tools, AWorkspaceCannotStandInForAModuleOfATool) {
  for (const char* name :
       {"flake8.py", "pyflakes.py", "typing.py", "black.py", "isort.py", "mypy.py", "pylint.py", "json.py", "ast.py"})
    add(name, "raise SystemExit('shadowed')\n");
  for (const char* name : {"black", "isort", "flake8", "pylint", "greenroom", "mypy"})
    EXPECT_THAT(printed(run(name)), Not(HasSubstr("shadowed\n"))) << name;
}

TEST_F(Tools, PylintReportsErrorsAndSharedDefaultsButNoMissingPackages) {
  add("a.py", "import numpy\n\n\ndef f(x=[]):\n    return x.undefined_thing, numpy\n\n\nf(1, 2, 3)\n");
  EXPECT_THAT(printed(run("pylint")),
              AllOf(HasSubstr("W0102"), HasSubstr("E1121"), Not(HasSubstr("import-error")), Not(HasSubstr("C0114"))));
}

TEST_F(Tools, MypyTellsTwoScriptsOfOneNameApart) {
  add("scripts/a/main.py", "import yaml\n\n\ndef f() -> int:\n    return ''\n");
  add("scripts/b/main.py", "x: int = ''\n");
  EXPECT_THAT(printed(run("mypy")),
              AllOf(HasSubstr("scripts/a/main.py:5:12: error:"), HasSubstr("scripts/b/main.py:1:10: error:"),
                    HasSubstr("[assignment]"), Not(HasSubstr("Duplicate")), Not(HasSubstr("yaml"))));
}

TEST_F(Tools, MypySeesThePackageBehindTheTests) {
  folder_.write("src/shotlist/__init__.py", "def count() -> int:\n    return ''\n");
  view_.files.push_back("src/shotlist/__init__.py");
  add("tests/test_a.py", "import shotlist\n\nx: str = shotlist.count()\n");
  EXPECT_THAT(printed(run("mypy")),
              AllOf(HasSubstr("tests/test_a.py:3:10: error: Incompatible types"), Not(HasSubstr("__init__"))));
}

TEST_F(Tools, PytestLeavesAReportWithLines) {
  add("tests/test_a.py", "def test_one():\n    assert 1 == 2\n\n\ndef test_two():\n    pass\n");
  const auto outcome = run("pytest");
  ASSERT_EQ(outcome.artefacts.size(), 1u);
  EXPECT_THAT(outcome.artefacts[0].content,
              AllOf(HasSubstr("line=\"0\""), HasSubstr("file=\"tests/test_a.py\""), HasSubstr("failures=\"1\"")));
}

TEST_F(Tools, PytestFindsThePackageBelowSrcWithoutBeingTold) {
  add("src/shotlist/__init__.py", "ONE = 1\n");
  add("tests/test_a.py", "import shotlist\n\n\ndef test_one():\n    assert shotlist.ONE == 1\n");
  EXPECT_EQ(run("pytest").process.exit_code, 0);
}

TEST_F(Tools, PytestKeepsToTheProjectsOwnSettings) {
  add("setup.cfg", "[tool:pytest]\npythonpath = lib\ntestpaths = checks\n");
  view_.base["setup.cfg"] = folder_.read("setup.cfg");
  add("lib/shotlist.py", "ONE = 1\n");
  add("checks/test_a.py", "import shotlist\n\n\ndef test_one():\n    assert shotlist.ONE == 1\n");
  add("tests/test_b.py", "def test_two():\n    assert False\n");
  EXPECT_EQ(run("pytest").process.exit_code, 0);
}

TEST_F(Tools, PytestRunsWhereAPlugInOfTheProjectIsNotInstalled) {
  add("pytest.ini", "[pytest]\naddopts = --cov=shotlist -n 4 -m 'not slow'\nmarkers = slow\n");
  view_.base["pytest.ini"] = folder_.read("pytest.ini");
  add("tests/test_a.py",
      "import pytest\n\n\n@pytest.mark.slow\ndef test_slow():\n    assert False\n\n\ndef test_quick():\n    pass\n");
  const auto outcome = run("pytest");
  EXPECT_EQ(outcome.process.exit_code, 0) << printed(outcome);
}

TEST_F(Tools, ShellcheckCppcheckAndClangFormatSpeakTheirFormats) {
  add("run.sh", "#!/bin/sh\nrm $1\n");
  add("main.c", "int f(void){ int x; return x; }\n");
  view_.base[".clang-format"] = "BasedOnStyle: LLVM\n";
  EXPECT_THAT(printed(run("shellcheck")), AllOf(HasSubstr("\"comments\""), HasSubstr("\"code\":2086")));
  EXPECT_THAT(printed(run("cppcheck")), HasSubstr("main.c:1:28: error: Uninitialized variable: x [uninitvar]"));
  EXPECT_THAT(printed(run("clang-format")), HasSubstr("main.c:1:12: warning: code should be clang-formatted"));
}

TEST_F(Tools, GreenroomsRulesFindReloadSysPathAndPython2) {
  add("tool.py",
      "import sys\nfrom importlib import reload\n\nsys.path.insert(0, '/studio')\nreload(sys)\nfor i in xrange(2):\n   "
      " pass\n");
  EXPECT_THAT(printed(run("greenroom")),
              AllOf(HasSubstr("GR001"), HasSubstr("GR005"), HasSubstr("GR006"), HasSubstr("\"line\": 5")));
}

TEST_F(Tools, GreenroomsRulesReadAFileThatPython3CannotParse) {
  add("old.py",
      "import os\nprint 'é', 1\ntry:\n    pass\nexcept ValueError, e:\n    raise IOError, 'x'\nif 1 <> 2:\n    exec "
      "'x'\n");
  const std::string out = printed(run("greenroom"));
  for (const char* line : {"\"line\": 2", "\"line\": 5", "\"line\": 6", "\"line\": 7", "\"line\": 8"})
    EXPECT_THAT(out, HasSubstr(line));
}

TEST_F(Tools, GreenroomsRulesLeaveTheProjectsOwnNamesAlone) {
  add("fine.py",
      "class Window:\n    def reload(self):\n        self.path.append(1)\n\n\ndef reload(x):\n    return x\n\n\ndef "
      "use(unicode, path):\n    path.append(reload(unicode))\n");
  EXPECT_THAT(printed(run("greenroom")), IsEmpty());
}

TEST_F(Tools, GreenroomsRulesSurviveUnreadableFiles) {
  add("nul.py", std::string("x = 1\0\n", 7));
  add("latin.py", "# -*- coding: latin-1 -*-\nx = '\xe9'\nreload(x)\n");
  add("bad_encoding.py", "# -*- coding: no-such-thing -*-\nprint 'x'\n");
  add("unended.py", "x = (\nprint 'y'\n'''\n");
  EXPECT_THAT(printed(run("greenroom")),
              AllOf(HasSubstr("latin.py"), HasSubstr("bad_encoding.py"), HasSubstr("GR001")));
}

}  // namespace
}  // namespace greenroom::checks
