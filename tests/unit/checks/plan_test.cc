#include <gmock/gmock.h>

#include "tests/unit/checks/view.h"

namespace greenroom::checks {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<Check> planned(const View& view, const Toolbox& toolbox = every_tool()) {
  auto checks = plan(view.project(), toolbox, operators());
  EXPECT_TRUE(checks) << checks.error().describe();
  return checks ? *checks : std::vector<Check>();
}

std::string refusal(const View& view) {
  const auto checks = plan(view.project(), every_tool(), operators());
  EXPECT_FALSE(checks);
  if (checks) return {};
  EXPECT_EQ(checks.error().kind, ErrorKind::user_fault);
  return checks.error().message;
}

const View kPython{{"src/shotlist/__init__.py", "src/shotlist/a.py", "tests/test_a.py"}, {"src/shotlist/a.py"}, {}};

TEST(Plan, ChoosesChecksByTheFilesThatChanged) {
  EXPECT_THAT(names_of(planned(kPython)),
              ElementsAre("black", "isort", "flake8", "pylint", "greenroom", "mypy", "pytest"));
  EXPECT_THAT(names_of(planned({{"a.sh", "b.c"}, {"a.sh"}, {}})), ElementsAre("shellcheck"));
  EXPECT_THAT(names_of(planned({{"b.cc"}, {"b.cc"}, {}})), ElementsAre("cppcheck"));
  EXPECT_THAT(names_of(planned({{"b.cc"}, {"b.cc"}, {{".clang-format", "BasedOnStyle: LLVM\n"}}})),
              ElementsAre("clang-format", "cppcheck"));
  EXPECT_THAT(planned({{"README.md"}, {"README.md"}, {}}), IsEmpty());
}

TEST(Plan, RunsTheTestsOfAProjectWhateverChanged) {
  EXPECT_THAT(names_of(planned({{"README.md", "tests/test_a.py"}, {"README.md"}, {}})), ElementsAre("pytest"));
  EXPECT_THAT(names_of(planned({{"README.md", "tests/test_a.py"}, {}, {}})), ElementsAre("pytest"));
}

TEST(Plan, LeavesOutWhatThisMachineHasNoToolFor) {
  Toolbox toolbox = every_tool();
  std::erase_if(toolbox, [](const Tool& tool) { return tool.name == "mypy" || tool.name == "pytest"; });
  EXPECT_THAT(names_of(planned(kPython, toolbox)), ElementsAre("black", "isort", "flake8", "pylint", "greenroom"));
}

TEST(Plan, GivesEveryCheckItsWordsItsFormatAndItsLimits) {
  for (const Check& check : planned(kPython)) {
    EXPECT_FALSE(check.what.empty() || check.why.empty() || check.format.empty() || check.exits.empty()) << check.name;
    EXPECT_EQ(check.run_yourself, "greenroom check " + check.name);
    EXPECT_EQ(check.limits.wall, std::chrono::seconds(check.kind == model::CheckKind::test ? 300 : 60)) << check.name;
    const bool writes = check.access == sandbox::WorkspaceAccess::throw_away;
    EXPECT_EQ(writes, check.kind == model::CheckKind::test) << check.name;
  }
}

TEST(Plan, RunsRuffOrFlake8AsTheProjectChose) {
  View view = kPython;
  const auto linters = [&] {
    const auto checks = planned(view, with_ruff());
    return std::string(find(checks, "ruff") != nullptr ? "ruff" : "") +
           (find(checks, "flake8") != nullptr ? "flake8" : "");
  };
  EXPECT_EQ(linters(), "ruff") << "without a choice the newer one";
  view.base["tox.ini"] = "[flake8]\n";
  EXPECT_EQ(linters(), "flake8");
  view.base["pyproject.toml"] = "[tool.ruff.lint]\nselect = []\n";
  EXPECT_EQ(linters(), "ruff");
  view.base[".greenroom.yml"] = "checks: {enabled: [flake8, ruff]}\n";
  EXPECT_EQ(linters(), "ruffflake8");
}

TEST(Plan, KeepsToTheBaseBranchsGreenroomFile) {
  View view = kPython;
  view.base[".greenroom.yml"] =
      "checks:\n  disabled: [mypy, pylint]\n  lint_seconds: 20\n  pytest_paths: [tests/fast]\n";
  const auto checks = planned(view);
  EXPECT_THAT(names_of(checks), ElementsAre("black", "isort", "flake8", "greenroom", "pytest"));
  EXPECT_EQ(find(checks, "flake8")->limits.wall, std::chrono::seconds(20));
  EXPECT_EQ(find(checks, "pytest")->argv.back(), "tests/fast");
  view.base[".greenroom.yml"] = "checks: {enabled: [flake8]}\n";
  EXPECT_THAT(names_of(planned(view)), ElementsAre("flake8"));
  view.base[".greenroom.yml"] = "checks: {paths_ignored: [src/]}\n";
  EXPECT_THAT(names_of(planned(view)), ElementsAre("pytest"));
}

TEST(Plan, HoldsARepositoryToTheOperatorsLimits) {
  const auto limited = config::Config::load(
      "", [](const std::string& name) { return std::string(name == "GREENROOM_CHECKS_LINT_SECONDS" ? "10" : ""); });
  ASSERT_TRUE(limited);
  View view = kPython;
  const auto checks = plan(view.project(), every_tool(), *limited);
  ASSERT_TRUE(checks);
  EXPECT_EQ(find(*checks, "flake8")->limits.wall, std::chrono::seconds(10));
  view.base[".greenroom.yml"] = "checks: {lint_seconds: 20}\n";
  EXPECT_FALSE(plan(view.project(), every_tool(), *limited));
}

TEST(Plan, SaysWhatIsWrongInAGreenroomFile) {
  View view = kPython;
  view.base[".greenroom.yml"] = "checks:\n  disbled: [mypy]\n";
  EXPECT_THAT(refusal(view),
              HasSubstr(".greenroom.yml:2: there is no setting 'checks.disbled'; did you mean 'checks.disabled'?"));
  view.base[".greenroom.yml"] = "checks: {disabled: [flake9]}\n";
  EXPECT_THAT(refusal(view), HasSubstr("'flake9', and there is no such check; did you mean 'flake8'? There are black"));
  view.base[".greenroom.yml"] = "checks: {disabled: [weather]}\n";
  EXPECT_THAT(refusal(view), HasSubstr("'weather', and there is no such check; there are black"));
  for (const char* path : {"/etc", "../x", "-x", "a/../../b"}) {
    view.base[".greenroom.yml"] = std::string("checks: {pytest_paths: ['") + path + "']}\n";
    EXPECT_THAT(refusal(view), HasSubstr("takes paths inside the repository")) << path;
  }
}

TEST(Plan, PassesTheProjectsOwnSettingsFromTheBaseBranch) {
  View view = kPython;
  view.base["setup.cfg"] = "[metadata]\nname = x\n[flake8]\nmax-line-length = 100\n[mypy]\nstrict = True\n";
  view.base["pyproject.toml"] = "[tool.black]\nline-length = 100\n";
  const auto checks = planned(view);
  const auto has_file = [&](const char* check, const char* file) {
    const auto& files = find(checks, check)->files;
    return files.size() == 1 && files[0].first == file;
  };
  EXPECT_TRUE(has_file("flake8", "setup.cfg"));
  EXPECT_TRUE(has_file("mypy", "setup.cfg"));
  EXPECT_TRUE(has_file("black", "pyproject.toml"));
  EXPECT_TRUE(has_file("isort", ".isort.cfg")) << "ours, since the project has none";
  EXPECT_TRUE(has_file("pylint", "pylintrc"));
  EXPECT_THAT(find(checks, "flake8")->argv, Contains("--config=/greenroom/setup.cfg"));
}

TEST(Plan, TakesAFileForSettingsOnlyWithItsSection) {
  View view = kPython;
  view.base["setup.cfg"] = "[flake8x]\n# [flake8]\n";
  view.base["tox.ini"] = "  [flake8:local-plugins]\n";
  EXPECT_EQ(find(planned(view), "flake8")->files[0].first, "tox.ini");
}

TEST(Plan, GivesNoToolAPathItCouldReadAsAnOption) {
  View view{
      {"--init-hook=x.py", "@args.py", "a b.py", "ok.py"}, {"--init-hook=x.py", "@args.py", "a b.py", "ok.py"}, {}};
  const auto checks = planned(view);
  const Check& flake8 = *find(checks, "flake8");
  EXPECT_EQ(flake8.paths, 4u);
  EXPECT_EQ(flake8.left_out, 0u);
  const std::vector<std::string> paths(flake8.argv.end() - 4, flake8.argv.end());
  EXPECT_THAT(paths, ElementsAre("./--init-hook=x.py", "./@args.py", "a b.py", "ok.py"));
}

TEST(Plan, NamesAFileThatNoToolCanBeGivenAndChecksTheRest) {
  struct Case {
    std::string path, words;
  };
  for (const auto& [path, words] : {
           Case{"src/sh\xffow.py", "rename src/sh\\xffow.py in plain letters"},
           Case{"new\nline.py", "rename new\\x0aline.py in plain letters"},
           Case{"\x1b[2J.py", "rename \\x1b[2J.py in plain letters"},
           Case{"r\xe9sum\xe9.md", "rename r\\xe9sum\\xe9.md in plain letters"},
       }) {
    const auto checks = planned({{"ok.py", path}, {"ok.py", path}, {}});
    ASSERT_FALSE(checks.empty());
    EXPECT_EQ(checks[0].name, model::kFileNamesCheck);
    EXPECT_EQ(checks[0].verdict, words);
    ASSERT_NE(find(checks, "flake8"), nullptr);
    for (const Check& check : checks) {
      if (check.name == model::kFileNamesCheck) continue;
      EXPECT_EQ(check.left_out, 0u) << check.name;
      EXPECT_TRUE(check.verdict.empty()) << check.name;
      for (const auto& word : check.argv) EXPECT_EQ(word.find(path), std::string::npos) << check.name;
    }
  }
}

TEST(Plan, HasNothingToSayAboutNamesThatToolsCanBeGiven) {
  const std::string accented = "r\u00E9sum\u00E9 \u6620\u753B.py";
  const auto checks = planned({{accented, "old\xff.py"}, {accented}, {}});
  EXPECT_EQ(find(checks, model::kFileNamesCheck), nullptr) << "old\\xff.py was there before";
  EXPECT_THAT(find(checks, "flake8")->argv, Contains(accented));
}

TEST(Plan, NamesThreeOfManyAndLeavesOutWhatTheProjectIgnores) {
  View view{{}, {"a\xff.py", "vendor/b\xff.py", "c\xff.py"}, {}};
  EXPECT_EQ(planned(view)[0].verdict, "rename a\\xff.py, vendor/b\\xff.py, c\\xff.py in plain letters");
  view.base[".greenroom.yml"] = "checks:\n  paths_ignored: [vendor]\n";
  EXPECT_EQ(planned(view)[0].verdict, "rename a\\xff.py, c\\xff.py in plain letters");
  view.changed.insert(view.changed.end(), {"d\xff", "e\xff", "f\xff"});
  EXPECT_EQ(planned(view)[0].verdict, "rename a\\xff.py, c\\xff.py, d\\xff and 2 more in plain letters");
}

TEST(Plan, KeepsPytestFromCollectingAFileThatItCouldNotReport) {
  const View view{{"tests/test_a.py", "tests/test_\xff.py", "src/\xff.py"}, {}, {}};
  const Check pytest = *find(planned(view), "pytest");
  EXPECT_THAT(pytest.argv, Contains("--ignore=tests/test_\xff.py"));
  EXPECT_THAT(pytest.argv, Not(Contains("--ignore=src/\xff.py")));
}

TEST(Plan, CountsTheFilesBeyondItsLimit) {
  View view;
  for (std::size_t i = 0; i < kMaxPaths + 7; ++i) view.changed.push_back("f" + std::to_string(i) + ".py");
  view.files = view.changed;
  const auto checks = planned(view);
  EXPECT_EQ(find(checks, "flake8")->paths, kMaxPaths);
  EXPECT_EQ(find(checks, "flake8")->left_out, 7u);
}

TEST(Plan, TellsTypesAndImportsWhereThePackagesAre) {
  const View view{
      {"src/shotlist/__init__.py", "lib/py/tool/__init__.py", "lib/py/tool/sub/__init__.py", "scripts/a/main.py"},
      {"scripts/a/main.py"},
      {}};
  const auto checks = planned(view);
  EXPECT_THAT(find(checks, "mypy")->environment,
              Contains(std::pair<std::string, std::string>("MYPYPATH", ".:lib/py:src")));
  EXPECT_THAT(find(checks, "isort")->argv, Contains("--src=/work/lib/py"));
}

TEST(Plan, TellsGreenroomsRulesWhichTopModulesAreNew) {
  const View view{
      {"queue.py", "old.py", "src/shotlist/__init__.py", "src/shotlist/ast.py", "src/types.py", "lib/code.py",
       "tests/test_a.py", "tests/random.py", "tests/unit/__init__.py", "tests/unit/test_b.py", "tests/unit/re.py",
       "json/__init__.py", "json/deep/__init__.py", "typing.pyi"},
      {},
      {{"old.py", "x = 1\n"}}};
  View changed = view;
  changed.changed = changed.files;
  std::vector<std::string> told;
  const auto checks = planned(changed);
  for (const auto& word : find(checks, "greenroom")->argv)
    if (word.starts_with("--new=")) told.push_back(word.substr(6));
  EXPECT_THAT(told, ElementsAre("queue.py", "src/shotlist/__init__.py", "src/types.py", "tests/test_a.py",
                                "tests/random.py", "tests/unit/__init__.py", "json/__init__.py", "typing.pyi"))
      << "what lies deeper is imported by a longer name, and old.py was there before";
}

TEST(Plan, PytestLooksWhereTheProjectSays) {
  View view = kPython;
  EXPECT_EQ(find(planned(view), "pytest")->argv.back(), "tests");
  view.base["setup.cfg"] = "[tool:pytest]\ntestpaths = tests more\n";
  EXPECT_EQ(find(planned(view), "pytest")->argv.back(), "--color=no");
  EXPECT_EQ(find(planned({{"a_test.py"}, {}, {}}), "pytest")->argv.back(), "--color=no");
}

TEST(Plan, NeverAsksForFilesThatAreNotThere) {
  for (const Check& check : planned(kPython))
    for (const std::string& word : check.argv) {
      const auto at = word.find("/greenroom/");
      if (at == std::string::npos) continue;
      const std::string name = word.substr(at + std::string("/greenroom/").size());
      EXPECT_TRUE(std::any_of(check.files.begin(), check.files.end(), [&](const auto& file) {
        return file.first == name;
      })) << word;
    }
}

}  // namespace
}  // namespace greenroom::checks
