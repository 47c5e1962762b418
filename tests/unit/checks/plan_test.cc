#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "lib/checks/check.h"

namespace greenroom::checks {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Toolbox all_tools() {
  Toolbox toolbox;
  for (const char* name : {"ruff", "black", "isort", "flake8", "pylint", "mypy", "pytest", "python3", "shellcheck", "clang-format", "cppcheck"})
    toolbox.push_back({name, std::string("/usr/bin/") + name, "1.0", {}});
  return toolbox;
}

config::Config operators() { return *config::Config::load("", [](const std::string&) { return std::string(); }); }

struct Project {
  std::vector<std::string> files, changed;
  std::map<std::string, std::string> base;
};

Result<std::vector<Check>> plan_of(const Project& project, const Toolbox& toolbox = all_tools()) {
  ProjectView view{project.files, project.changed, [&](std::string_view path) {
                     const auto found = project.base.find(std::string(path));
                     return found == project.base.end() ? std::string() : found->second;
                   }};
  return plan(view, toolbox, operators());
}

std::vector<std::string> names(const Result<std::vector<Check>>& checks) {
  std::vector<std::string> names;
  if (checks) for (const Check& check : *checks) names.push_back(check.name);
  return names;
}

Check named(const std::vector<Check>& checks, std::string_view name) {
  for (const Check& check : checks) if (check.name == name) return check;
  throw std::runtime_error("no such check");
}

TEST(Plan, DetectsWhatTheChangedFilesNeed) {
  EXPECT_THAT(names(plan_of({{"a.py"}, {"a.py"}, {}})), ElementsAre("black", "isort", "ruff", "pylint", "greenroom", "mypy"));
  EXPECT_THAT(names(plan_of({{"a.py", "tests/test_a.py"}, {"README.md"}, {}})), ElementsAre("pytest"));
  EXPECT_THAT(names(plan_of({{"a.sh"}, {"a.sh"}, {}})), ElementsAre("shellcheck"));
  EXPECT_THAT(names(plan_of({{"a.c"}, {"a.c"}, {}})), ElementsAre("cppcheck"));
  EXPECT_THAT(names(plan_of({{"a.c"}, {"a.c"}, {{".clang-format", "BasedOnStyle: Google\n"}}})), ElementsAre("clang-format", "cppcheck"));
  EXPECT_THAT(names(plan_of({{"a.md"}, {"a.md"}, {}})), IsEmpty());
  EXPECT_THAT(names(plan_of({{"a.py"}, {"a.py"}, {}}, {})), IsEmpty());
}

TEST(Plan, TheProjectsOwnChoiceOfLinterWins) {
  EXPECT_THAT(names(plan_of({{"a.py"}, {"a.py"}, {{"setup.cfg", "[flake8]\nmax-line-length = 80\n"}}})), Contains("flake8"));
  EXPECT_THAT(names(plan_of({{"a.py"}, {"a.py"}, {{"pyproject.toml", "[tool.ruff]\nline-length = 80\n"}, {"setup.cfg", "[flake8]\n"}}})), Contains("ruff"));
}

TEST(Plan, ConfigurationIsTheBaseBranchs) {
  const auto checks = plan_of({{"a.py"}, {"a.py"}, {{"pyproject.toml", "[tool.black]\nline-length = 100\n"}}});
  ASSERT_TRUE(checks);
  EXPECT_THAT(named(*checks, "black").files, Contains(std::pair<std::string, std::string>("pyproject.toml", "[tool.black]\nline-length = 100\n")));
  EXPECT_THAT(named(*checks, "black").argv, Contains("/greenroom/pyproject.toml"));
}

TEST(Plan, TheRepositoryChoosesWithinItsRights) {
  EXPECT_THAT(names(plan_of({{"a.py"}, {"a.py"}, {{".greenroom.yml", "checks: {enabled: [mypy]}\n"}}})), ElementsAre("mypy"));
  EXPECT_THAT(names(plan_of({{"a.py"}, {"a.py"}, {{".greenroom.yml", "checks: {disabled: [mypy, pylint]}\n"}}})), Not(Contains("mypy")));
  EXPECT_THAT(names(plan_of({{"gen/a.py"}, {"gen/a.py"}, {{".greenroom.yml", "checks: {paths_ignored: [gen/]}\n"}}})), IsEmpty());
  const auto wrong = plan_of({{"a.py"}, {"a.py"}, {{".greenroom.yml", "checks:\n  enable: [mypy]\n"}}});
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message, HasSubstr(".greenroom.yml:2"));
  EXPECT_THAT(wrong.error().message, HasSubstr("checks.enabled"));
  EXPECT_EQ(named(*plan_of({{"a.py"}, {"a.py"}, {{".greenroom.yml", "checks: {lint_seconds: 5}\n"}}}), "mypy").limits.wall, std::chrono::seconds(5));
}

TEST(Plan, AFileNameIsNeverAnOption) {
  const auto checks = plan_of({{"-rf.py"}, {"-rf.py"}, {}});
  for (const Check& check : *checks) EXPECT_EQ(check.argv.back(), "./-rf.py") << check.name;
}

TEST(Plan, OnlyTestsMayWriteAndEveryCheckHasItsWords) {
  const auto checks = plan_of({{"a.py", "test_a.py"}, {"a.py", "b.sh", "c.c"}, {}});
  for (const Check& check : *checks) {
    EXPECT_EQ(check.access == sandbox::WorkspaceAccess::throw_away, check.kind == model::CheckKind::test) << check.name;
    EXPECT_FALSE(check.what.empty() || check.why.empty() || check.run_yourself.empty());
  }
}

TEST(FindTools, FindsWhatDebianShips) {
  std::vector<std::string> found;
  for (const Tool& tool : find_tools("")) {
    found.push_back(tool.name);
    EXPECT_FALSE(tool.version.empty()) << tool.name;
  }
  EXPECT_THAT(found, ::testing::IsSupersetOf({"black", "isort", "flake8", "pylint", "mypy", "pytest", "python3", "shellcheck", "clang-format", "cppcheck"}));
}

}  // namespace
}  // namespace greenroom::checks
