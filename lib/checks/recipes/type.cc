#include <set>

#include "lib/base/text.h"
#include "lib/checks/languages.h"
#include "lib/checks/recipe.h"

namespace greenroom::checks {
namespace {

// A stub beside its module is the same module twice to mypy, which then looks at neither: the module itself is checked.
std::vector<std::string> without_stubs_of_modules(const std::vector<std::string>& paths) {
  const std::set<std::string> all(paths.begin(), paths.end());
  std::vector<std::string> kept;
  for (const std::string& path : paths)
    if (!path.ends_with(".pyi") || !all.contains(path.substr(0, path.size() - 1))) kept.push_back(path);
  return kept;
}

}  // namespace

bool fill_mypy(const Situation& situation, const Tool&, Check& check) {
  const auto config = config_or_ours(
      "mypy", situation.project,
      {{"mypy.ini", ""}, {".mypy.ini", ""}, {"pyproject.toml", "[tool.mypy"}, {"setup.cfg", "[mypy"}}, "mypy.ini");
  // Names of modules follow from the import roots, so that two scripts called main.py are two modules. Packages that
  // are not installed here, and files that this change does not touch, are not the author's.
  check.argv.insert(check.argv.end(),
                    {"--config-file=" + add_file(check, config), "--no-incremental", "--cache-dir=/dev/null",
                     "--explicit-package-bases", "--namespace-packages", "--follow-imports=silent",
                     "--ignore-missing-imports", "--disable-error-code=import", "--show-column-numbers",
                     "--show-error-codes", "--hide-error-context", "--no-color-output", "--no-pretty"});
  check.environment.emplace_back("MYPYPATH", join(import_roots(situation.project.files), ":"));
  return add_paths(check, without_stubs_of_modules(only(situation.changed, Language::python)));
}

}  // namespace greenroom::checks
