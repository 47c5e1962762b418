#include "lib/checks/languages.h"
#include "lib/checks/recipe.h"
#include "lib/checks/trusted.h"

namespace greenroom::checks {
namespace {

const std::vector<ConfigPlace> kRuffPlaces{{".ruff.toml", ""}, {"ruff.toml", ""}, {"pyproject.toml", "[tool.ruff"}};
const std::vector<ConfigPlace> kFlake8Places{{"setup.cfg", "[flake8"}, {"tox.ini", "[flake8"}, {".flake8", "[flake8"}};

}  // namespace

bool fill_flake8(const Situation& situation, const Tool&, Check& check) {
  check.argv.insert(
      check.argv.end(),
      {"--jobs=1", "--format=default",
       "--config=" + add_file(check, config_or_ours("flake8", situation.project, kFlake8Places, "flake8.cfg"))});
  return add_paths(check, only(situation.changed, Language::python));
}

// The project's own choice of linter decides; without one it is the newer tool.
bool fill_ruff(const Situation& situation, const Tool&, Check& check) {
  const auto config = config_or_ours("ruff", situation.project, kRuffPlaces, "ruff.toml");
  const bool chose_flake8 = !config.project && !project_config(situation.project, kFlake8Places).name.empty();
  if (chose_flake8 && !situation.asked_for) return false;
  check.argv.insert(check.argv.end(),
                    {"check", "--no-cache", "--quiet", "--output-format=json", "--config=" + add_file(check, config)});
  return add_paths(check, only(situation.changed, Language::python));
}

bool fill_pylint(const Situation& situation, const Tool&, Check& check) {
  const auto config = config_or_ours(
      "pylint", situation.project,
      {{"pylintrc", ""}, {".pylintrc", ""}, {"pyproject.toml", "[tool.pylint"}, {"setup.cfg", "[pylint"}}, "pylintrc");
  // The project's own packages are there, others are not: an import that is not found says nothing about the change.
  check.argv.insert(check.argv.end(),
                    {"--rcfile=" + add_file(check, config), "--output-format=json", "--jobs=1", "--persistent=n",
                     "--score=n", "--reports=n", "--disable=import-error,astroid-error"});
  return add_paths(check, only(situation.changed, Language::python));
}

bool fill_greenroom(const Situation& situation, const Tool&, Check& check) {
  const std::string rules = add_file(check, {"greenroom_rules.py", trusted_file("greenroom_rules.py"), false});
  check.argv.insert(check.argv.end(), {"-I", "-B", rules});
  const auto changed = only(situation.changed, Language::python);
  for (const auto& path : top_modules(changed, situation.project.files)) {
    if (situation.project.base_file(path).empty()) check.argv.push_back("--new=" + path);
  }
  return add_paths(check, changed);
}

bool fill_shellcheck(const Situation& situation, const Tool&, Check& check) {
  check.argv.insert(check.argv.end(), {"--norc", "--format=json1", "--color=never"});
  return add_paths(check, only(situation.changed, Language::shell));
}

bool fill_cppcheck(const Situation& situation, const Tool&, Check& check) {
  // What cannot be known without the project's build (macros, headers of other packages) is not reported.
  check.argv.insert(
      check.argv.end(),
      {"--quiet", "--enable=warning", "--inline-suppr", "--suppress=missingInclude", "--suppress=missingIncludeSystem",
       "--suppress=unknownMacro", "--suppress=internalAstError", "--suppress=preprocessorErrorDirective",
       "--template={file}:{line}:{column}: {severity}: {message} [{id}]", "--template-location="});
  return add_paths(check, only(situation.changed, Language::c_family));
}

}  // namespace greenroom::checks
