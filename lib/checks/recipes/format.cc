// Formatters: they print what they would change and change nothing.

#include "lib/checks/languages.h"
#include "lib/checks/recipe.h"

namespace greenroom::checks {

bool fill_black(const Situation& situation, const Tool&, Check& check) {
  const auto config = config_or_ours("black", situation.project, {{"pyproject.toml", "[tool.black"}}, "black.toml");
  check.argv.insert(check.argv.end(), {"--diff", "--quiet", "--workers=1", "--config=" + add_file(check, config)});
  return add_paths(check, only(situation.changed, Language::python));
}

bool fill_isort(const Situation& situation, const Tool&, Check& check) {
  const auto config = config_or_ours("isort", situation.project,
                                     {{".isort.cfg", ""},
                                      {"pyproject.toml", "[tool.isort"},
                                      {"setup.cfg", "[isort"},
                                      {"setup.cfg", "[tool:isort"},
                                      {"tox.ini", "[isort"},
                                      {"tox.ini", "[tool:isort"}},
                                     ".isort.cfg");
  // Without --check-only isort writes beside the file even to print a diff.
  check.argv.insert(check.argv.end(),
                    {"--check-only", "--diff", "--quiet", "--settings-file=" + add_file(check, config)});
  // The settings lie outside the workspace, so isort must be told where the project's own modules are.
  for (const std::string& root : import_roots(situation.project.files))
    check.argv.push_back("--src=" + (root == "." ? "/work" : "/work/" + root));
  return add_paths(check, only(situation.changed, Language::python));
}

bool fill_clang_format(const Situation& situation, const Tool&, Check& check) {
  const auto config = project_config(situation.project, {{".clang-format", ""}, {"_clang-format", ""}});
  if (config.name.empty()) return false;
  check.argv.insert(check.argv.end(),
                    {"--dry-run", "--fallback-style=none", "--style=file:" + add_file(check, config)});
  return add_paths(check, only(situation.changed, Language::c_family));
}

}  // namespace greenroom::checks
