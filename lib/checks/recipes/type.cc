#include "lib/base/text.h"
#include "lib/checks/languages.h"
#include "lib/checks/recipe.h"

namespace greenroom::checks {

bool fill_mypy(const Situation& situation, const Tool&, Check& check) {
  const auto config = config_or_ours(
      situation.project,
      {{"mypy.ini", ""}, {".mypy.ini", ""}, {"pyproject.toml", "[tool.mypy"}, {"setup.cfg", "[mypy"}}, "mypy.ini");
  // Names of modules follow from the import roots, so that two scripts called main.py are two modules. Packages that
  // are not installed here, and files that this change does not touch, are not the author's.
  check.argv.insert(
      check.argv.end(),
      {"--config-file=" + add_file(check, config), "--no-incremental", "--cache-dir=/dev/null",
       "--explicit-package-bases", "--namespace-packages", "--follow-imports=silent", "--ignore-missing-imports",
       "--disable-error-code=import", "--show-column-numbers", "--show-error-codes", "--hide-error-context",
       "--no-color-output", "--no-pretty"});
  check.environment.emplace_back("MYPYPATH", join(import_roots(situation.project.files), ":"));
  return add_paths(check, only(situation.changed, Language::python));
}

}  // namespace greenroom::checks
