// Real linters over a change that wants to run its own code in them. Without the sandbox, so that nothing but the
// settings stands in the way.

#include <algorithm>
#include <filesystem>

#include "tests/unit/checks/tools_fixture.h"

namespace greenroom::checks {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Linter {
  const char* name;
  const Toolbox& toolbox;
};

std::vector<Linter> debians_linters() {
  std::vector<Linter> all;
  for (const char* name : {"black", "isort", "flake8", "pylint", "greenroom", "mypy"}) all.push_back({name, debian()});
  return all;
}

// Of the virtualenv; none on a machine without it.
std::vector<Linter> newer_linters() {
  const char* pinned = std::getenv("GREENROOM_TOOLS");
  if (pinned == nullptr) return {};
  static const Toolbox newer = find_tools(pinned);
  return {{"mypy", newer}, {"ruff", newer}};
}

// Code that leaves a mark when anybody runs it, under every name that a tool might take it by.
class Trust : public Tools {
 protected:
  Trust() {
    const std::string code = "open('" + mark() + "', 'a').write(__name__ + ' ')\n";
    const std::string plugin = code +
                               "def plugin(version):\n    from mypy.plugin import Plugin\n    return Plugin\n\n\n" +
                               "def register(linter):\n    pass\n\n\nclass X:\n    name = 'x'\n    version = '1'\n\n" +
                               "    def __init__(self, tree):\n        pass\n\n    def run(self):\n        return []\n";
    for (const char* name : {"evil.py", "sitecustomize.py", "usercustomize.py", "conftest.py", "click.py", "toml.py",
                             "pycodestyle.py", "astroid.py", "setup.py", "tomli.py", "pathspec.py", "ast_serialize.py",
                             "librt/__init__.py", "mypy/__init__.py", "pytest_evil.py", "queue.py"})
      add(name, plugin);
    add("evil.pth", "import evil\n");
    add("evil", "#!/bin/sh\necho ran > " + mark() + "\n");
    std::filesystem::permissions(folder_ / "evil", std::filesystem::perms::owner_all);
    add("evil.egg-info/PKG-INFO", "Metadata-Version: 2.1\nName: evil\nVersion: 1\n");
    add("evil.egg-info/entry_points.txt",
        "[flake8.extension]\nX = evil:X\n[isort.formatters]\nevil = evil:X\n[isort.profiles]\nevil = "
        "evil:X\n[pytest11]\nevil = evil\n");
    add("a.py", "import os\nx: int = ''\n");
  }
  std::string mark() const { return marks_ / "ran"; }
  std::string ran() const { return std::filesystem::exists(mark()) ? marks_.read("ran") : ""; }

  // Every file in which a tool looks, each naming the code in the tree.
  static std::map<std::string, std::string> traps() {
    const std::string pylint = "init-hook = import sys; sys.path.insert(0, '.'); import evil\nload-plugins = evil\n";
    const std::string flake8 =
        "[flake8]\nmax-line-length = 100\n[flake8:local-plugins]\nextension =\n  X = "
        "evil:X\npaths = .\n";
    const std::string mypy = "[mypy]\nplugins = evil.py\npython_executable = ./evil\n";
    return {{".pylintrc", "[MAIN]\n" + pylint},
            {"setup.cfg", flake8 + mypy},
            {"mypy.ini", mypy},
            {".mypy.ini", mypy},
            {"pytest.ini", "[pytest]\naddopts = -p evil\n"},
            {"ruff.toml", "extend = 'evil.toml'\n"},
            {".isort.cfg", "[settings]\nformatter = evil\n"},
            {"pyproject.toml",
             "[tool.pylint.main]\ninit-hook = \"import sys; sys.path.insert(0, '.'); import evil\"\n[tool.mypy]\n"
             "plugins = ['evil.py']\n[tool.black]\nline-length = 100\n[tool.isort]\nformatter = 'evil'\n[tool.ruff]\n"
             "extend = 'evil.toml'\n"}};
  }

  void expect_nothing_runs(const std::vector<Linter>& linters) {
    for (const auto& [name, content] : traps()) add(name, content);
    for (const Linter& linter : linters) {
      run(linter.name, linter.toolbox);
      EXPECT_EQ(ran(), "") << linter.name;
    }
  }
  void expect_nothing_runs_that_the_base_branch_names(const std::vector<Linter>& linters) {
    const std::multimap<std::string, std::string> readers = {
        {"pylint", ".pylintrc"},     {"pylint", "pyproject.toml"}, {"flake8", "setup.cfg"},    {"mypy", "setup.cfg"},
        {"mypy", "mypy.ini"},        {"mypy", ".mypy.ini"},        {"mypy", "pyproject.toml"}, {"isort", ".isort.cfg"},
        {"isort", "pyproject.toml"}, {"ruff", "pyproject.toml"},   {"ruff", "ruff.toml"}};
    for (const Linter& linter : linters) {
      const auto [begin, end] = readers.equal_range(linter.name);
      for (auto reader = begin; reader != end; ++reader) {
        view_.base = {{reader->second, traps().at(reader->second)}};
        run(linter.name, linter.toolbox);
        EXPECT_EQ(ran(), "") << linter.name << " with " << reader->second;
      }
    }
  }
  struct Obeyed {
    const char *linter, *file, *content;
    ::testing::Matcher<std::string> with, without;
  };
  void expect_obeyed(const Obeyed& each, const Toolbox& toolbox) {
    view_.base = {};
    EXPECT_THAT(printed(run(each.linter, toolbox)), each.without) << each.linter << " " << each.content;
    view_.base = {{each.file, each.content}};
    EXPECT_THAT(printed(run(each.linter, toolbox)), each.with) << each.linter << " " << each.content;
  }

  testing::TempDirectory marks_;
};

TEST_F(Trust, TheTrapsWorkOnWhoeverReadsThem) {
  for (const auto& [name, content] : traps()) folder_.write(name, content);
  for (const auto& argv : std::vector<std::vector<std::string>>{
           {"/usr/bin/pylint", "a.py"},
           {"/usr/bin/mypy", "--cache-dir=/dev/null", "--config-file=setup.cfg", "a.py"},
           {"/usr/bin/flake8", "a.py"}}) {
    sandbox::Plan plan;
    plan.argv = argv;
    plan.workspace = folder_.path();
    EXPECT_TRUE(run_here(plan));
    EXPECT_NE(ran(), "") << argv[0];
    std::filesystem::remove(mark());
  }
}

TEST_F(Trust, TheTrapsWorkOnTheNewerMypyToo) {
  if (newer_linters().empty()) GTEST_SKIP() << "without the virtualenv of newer tools";
  for (const auto& [name, content] : traps()) folder_.write(name, content);
  sandbox::Plan plan;
  const auto& toolbox = newer_linters()[0].toolbox;
  const auto mypy = std::ranges::find(toolbox, "mypy", &Tool::name);
  ASSERT_NE(mypy, toolbox.end());
  plan.argv = {mypy->path};
  plan.argv.insert(plan.argv.end(), mypy->prefix.begin(), mypy->prefix.end());
  plan.argv.insert(plan.argv.end(), {"--cache-dir=/dev/null", "--config-file=mypy.ini", "a.py"});
  plan.binds = mypy->binds;
  plan.workspace = folder_.path();
  EXPECT_TRUE(run_here(plan));
  EXPECT_NE(ran(), "");
}

TEST_F(Trust, NothingOfTheChangeRunsInALinter) { expect_nothing_runs(debians_linters()); }

TEST_F(Trust, NothingOfTheChangeRunsInANewerLinter) {
  if (newer_linters().empty()) GTEST_SKIP() << "without the virtualenv of newer tools";
  expect_nothing_runs(newer_linters());
}

TEST_F(Trust, NothingOfTheChangeRunsWhereTheBaseBranchNamesIt) {
  expect_nothing_runs_that_the_base_branch_names(debians_linters());
}

TEST_F(Trust, NothingOfTheChangeRunsInANewerLinterWhereTheBaseBranchNamesIt) {
  if (newer_linters().empty()) GTEST_SKIP() << "without the virtualenv of newer tools";
  expect_nothing_runs_that_the_base_branch_names(newer_linters());
}

TEST_F(Trust, WhatTheBaseBranchChoosesIsObeyed) {
  add("long.py", "import os\n\n\ndef f(values=[]):\n    return \"" + std::string(100, 'x') + "\" if values else os\n");
  add("untyped.py", "def g(x):\n    return x\n");
  const Obeyed cases[] = {
      {"flake8", "tox.ini", "[flake8]\nmax-line-length = 200\n[flake8:local-plugins]\nextension = X = evil:X\n",
       Not(HasSubstr("E501")), HasSubstr("E501")},
      {"flake8", "setup.cfg", "[flake8]\nextend-ignore =\n    F401,\n    E501\n", Not(HasSubstr("F401")),
       HasSubstr("a.py:1:1: F401")},
      {"pylint", "pylintrc", "[MAIN]\ninit-hook = import evil\n[MESSAGES CONTROL]\ndisable = dangerous-default-value\n",
       Not(HasSubstr("W0102")), HasSubstr("W0102")},
      {"pylint", "pyproject.toml", "[tool.pylint.format]\nmax-line-length = 50\n", HasSubstr("C0301"),
       Not(HasSubstr("C0301"))},
      {"mypy", "pyproject.toml", "[tool.mypy]\nplugins = 'evil.py'\ndisallow_untyped_defs = true\n",
       HasSubstr("[no-untyped-def]"), Not(HasSubstr("[no-untyped-def]"))},
      {"mypy", "mypy.ini", "[mypy]\n[mypy-a]\nignore_errors = True\n", Not(HasSubstr("a.py:2")), HasSubstr("a.py:2")},
      {"black", "pyproject.toml",
       "[tool.black]\nforce-exclude = 'click|a|evil|conf|long|custom|setup|toml|my|pyc|untyped|librt|queue'\n",
       IsEmpty(), HasSubstr("a.py")},
      {"isort", "pyproject.toml", "[tool.isort]\nadd_imports = ['from x import y']\nformatter = 'evil'\n",
       HasSubstr("+from x import y"), Not(HasSubstr("from x import y"))}};
  for (const Obeyed& each : cases) expect_obeyed(each, debian());
  EXPECT_EQ(ran(), "");
}

TEST_F(Trust, WhatTheBaseBranchChoosesIsObeyedByANewerLinter) {
  if (newer_linters().empty()) GTEST_SKIP() << "without the virtualenv of newer tools";
  add("untyped.py", "def g(x):\n    return x\n");
  expect_obeyed({"mypy", "pyproject.toml", "[tool.mypy]\nplugins = 'evil.py'\ndisallow_untyped_defs = true\n",
                 HasSubstr("[no-untyped-def]"), Not(HasSubstr("[no-untyped-def]"))},
                newer_linters()[0].toolbox);
  expect_obeyed({"ruff", "pyproject.toml", "[tool.ruff]\nextend = 'evil.toml'\n[tool.ruff.lint]\nignore = ['F401']\n",
                 Not(HasSubstr("F401")), HasSubstr("F401")},
                newer_linters()[1].toolbox);
  EXPECT_EQ(ran(), "");
}

}  // namespace
}  // namespace greenroom::checks
