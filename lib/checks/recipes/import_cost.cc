// What the project's imports cost. It runs when it is asked for, and it runs the change's code: an import executes.

#include <algorithm>

#include "lib/checks/languages.h"
#include "lib/checks/recipe.h"
#include "lib/checks/trusted.h"

namespace greenroom::checks {
namespace {

constexpr std::size_t kMostModules = 20;  // as trusted/import_cost.py has it

}  // namespace

bool fill_import_cost(const Situation& situation, const Tool&, Check& check) {
  auto modules = situation.settings.list("checks.import_cost");
  if (modules.empty() && !situation.asked_for) return false;
  if (modules.empty()) modules = topmost_packages(situation.project.files);
  if (modules.empty()) return false;
  modules.resize(std::min(modules.size(), kMostModules));
  const std::string script = add_file(check, {"import_cost.py", trusted_file("import_cost.py"), false});
  check.argv.insert(check.argv.end(), {"-I", script, "--report", "/tmp/out/import-cost.json"});
  for (const std::string& root : import_roots(situation.project.files))
    check.argv.insert(check.argv.end(), {"--root", root});
  check.argv.insert(check.argv.end(), modules.begin(), modules.end());
  check.artefacts = {"import-cost.json"};
  check.access = sandbox::WorkspaceAccess::throw_away;
  return true;
}

}  // namespace greenroom::checks
