// Python: layout, lint, types, tests. Each tool gets its configuration from the base branch as a trusted file; a head
// cannot switch a rule off for itself.

#include <algorithm>

#include "lib/checks/plan.h"
#include "lib/checks/rules.h"

namespace greenroom::checks {
namespace {

constexpr std::string_view kGreenroom = "/greenroom/";

bool is_test_file(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.ends_with(".py") && (name.starts_with("test_") || name.ends_with("_test.py"));
}

}  // namespace

void Planner::plan_python() {
  const auto files = changed({".py", ".pyi"});
  if (!files.empty()) {
    black(files);
    isort(files);
    ruff_or_flake8(files);
    pylint(files);
    own_rules(files);
    mypy(files);
  }
  pytest();
}

void Planner::black(const std::vector<std::string>& files) {
  const Tool* black = tool("black");
  if (black == nullptr || !wanted("black")) return;
  Check check = make("black", *black, "unified-diff");
  const BaseConfig own = base_config({{"pyproject.toml", "[tool.black]"}});
  check.files = {{"pyproject.toml", own.content}};
  check.argv.insert(check.argv.end(), {"--diff", "--no-color", "--workers", "1", "--config", std::string(kGreenroom) + "pyproject.toml"});
  add(std::move(check), files);
}

void Planner::isort(const std::vector<std::string>& files) {
  const Tool* isort = tool("isort");
  if (isort == nullptr || !wanted("isort")) return;
  Check check = make("isort", *isort, "unified-diff");
  BaseConfig own = base_config({{".isort.cfg", "["}, {"pyproject.toml", "[tool.isort]"}, {"setup.cfg", "[isort]"}, {"tox.ini", "[isort]"}});
  if (own.name.empty()) own = {".isort.cfg", "[settings]\nprofile = black\n"};
  check.files = {{own.name, own.content}};
  check.argv.insert(check.argv.end(), {"--diff", "--quiet", "--settings-file", std::string(kGreenroom) + own.name, "--src", "/work", "--src", "/work/src"});
  add(std::move(check), files);
}

void Planner::ruff_or_flake8(const std::vector<std::string>& files) {
  const BaseConfig own_flake8 = base_config({{".flake8", "[flake8]"}, {"setup.cfg", "[flake8]"}, {"tox.ini", "[flake8]"}});
  const BaseConfig own_ruff = base_config({{"ruff.toml", ""}, {".ruff.toml", ""}, {"pyproject.toml", "[tool.ruff"}});
  const bool has_ruff = !own_ruff.content.empty();
  const Tool *ruff = tool("ruff"), *flake8 = tool("flake8");
  // The project's own choice decides; without one the newer tool.
  if (ruff != nullptr && wanted("ruff") && (has_ruff || own_flake8.name.empty())) {
    Check check = make("ruff", *ruff, "ruff-json");
    check.argv.insert(check.argv.end(), {"check", "--output-format", "json", "--no-cache", "--exit-zero"});
    if (has_ruff) {
      check.files = {{own_ruff.name, own_ruff.content}};
      check.argv.insert(check.argv.end(), {"--config", std::string(kGreenroom) + own_ruff.name});
    } else {
      check.argv.insert(check.argv.end(), {"--isolated", "--line-length", "100", "--select", "E4,E7,E9,F,B,W605"});
    }
    return add(std::move(check), files);
  }
  if (flake8 == nullptr || !wanted("flake8")) return;
  Check check = make("flake8", *flake8, "flake8");
  const bool own = !own_flake8.name.empty();
  check.files = {{"flake8.cfg", own ? own_flake8.content : "[flake8]\nmax-line-length = 100\nextend-ignore = E203,W503\n"}};
  check.argv.insert(check.argv.end(), {"--jobs", "1", "--config", std::string(kGreenroom) + "flake8.cfg"});
  add(std::move(check), files);
}

void Planner::pylint(const std::vector<std::string>& files) {
  const Tool* pylint = tool("pylint");
  if (pylint == nullptr || !wanted("pylint")) return;
  Check check = make("pylint", *pylint, "pylint-json");
  check.files = {{"pylintrc", "[MAIN]\njobs=1\npersistent=no\n"}};
  // Errors, and the one default that surprises everybody. What needs the project's dependencies installed is left out.
  check.argv.insert(check.argv.end(), {"--rcfile", std::string(kGreenroom) + "pylintrc", "--output-format", "json", "--score", "n", "--disable", "all",
                                       "--enable", "E,F,W0102", "--disable", "E0401,E0611,E1101,E1102,F0401"});
  add(std::move(check), files);
}

void Planner::own_rules(const std::vector<std::string>& files) {
  const Tool* python = tool("python3");
  if (python == nullptr || !wanted("greenroom")) return;
  Check check = make("greenroom", *python, "rdjsonl");
  check.tool_version = "";
  check.files = {{"rules.py", std::string(rules_script())}};
  check.argv.insert(check.argv.end(), {"-I", std::string(kGreenroom) + "rules.py"});
  add(std::move(check), files);
}

void Planner::mypy(const std::vector<std::string>& files) {
  const Tool* mypy = tool("mypy");
  if (mypy == nullptr || !wanted("mypy")) return;
  Check check = make("mypy", *mypy, "mypy-text");
  BaseConfig own = base_config({{"mypy.ini", "[mypy]"}, {".mypy.ini", "[mypy]"}, {"pyproject.toml", "[tool.mypy]"}, {"setup.cfg", "[mypy]"}});
  if (own.name.empty()) own = {"mypy.ini", "[mypy]\n"};
  check.files = {{own.name, own.content}};
  check.environment = {{"MYPYPATH", "/work/src"}};
  check.argv.insert(check.argv.end(), {"--config-file", std::string(kGreenroom) + own.name, "--no-incremental", "--cache-dir", "/dev/null",
                                       "--show-column-numbers", "--show-error-codes", "--no-color-output", "--follow-imports", "silent",
                                       "--ignore-missing-imports", "--explicit-package-bases", "--namespace-packages"});
  add(std::move(check), files);
}

void Planner::pytest() {
  const Tool* pytest = tool("pytest");
  const bool has_tests = std::any_of(project_.files.begin(), project_.files.end(), is_test_file);
  if (pytest == nullptr || !has_tests || !wanted("pytest")) return;
  Check check = make("pytest", *pytest, "junit");
  check.access = sandbox::WorkspaceAccess::throw_away;
  check.artefacts = {"junit.xml"};
  BaseConfig own = base_config({{"pytest.ini", "[pytest]"}, {"pyproject.toml", "[tool.pytest"}, {"tox.ini", "[pytest]"}, {"setup.cfg", "[tool:pytest]"}});
  if (own.name.empty()) own = {"pytest.ini", "[pytest]\npythonpath = src .\n"};
  check.files = {{own.name, own.content}};
  check.argv.insert(check.argv.end(), {"-q", "-p", "no:cacheprovider", "--color=no", "-o", "junit_family=xunit1", "--junitxml", "/tmp/out/junit.xml",
                                       "--rootdir", "/work", "-c", std::string(kGreenroom) + own.name});
  add(std::move(check), config_.list("checks.pytest_paths"));
}

}  // namespace greenroom::checks
