#include <algorithm>

#include "lib/environment/environment.h"

namespace greenroom::environment {
namespace {

using Variables = std::vector<std::pair<std::string, std::string>>;

std::string* value_in(Variables& variables, std::string_view name) {
  const auto found =
      std::find_if(variables.begin(), variables.end(), [&](const auto& each) { return each.first == name; });
  return found == variables.end() ? nullptr : &found->second;
}

// The project's own modules go before those of its packages.
void add_path(Variables& variables, const std::string& name, const std::string& path) {
  if (std::string* own = value_in(variables, name))
    *own += (own->empty() ? "" : ":") + path;
  else
    variables.emplace_back(name, path);
}

void run_with(checks::Check& check, const Environment& environment) {
  check.argv[0] = environment.built.python;
  if (check.name == "pytest") check.argv.insert(check.argv.begin() + 1, {"-m", "pytest"});
  for (const auto& [name, value] : environment.built.variables) {
    if (name == "PYTHONPATH")
      add_path(check.environment, name, value);
    else if (std::string* set = value_in(check.environment, name))
      *set = value;
    else
      check.environment.emplace_back(name, value);
  }
  for (const auto& [name, version] : environment.built.packages)
    if (name == "pytest") check.tool_version = version;
}

// mypy itself stays the machine's: what an environment holds is looked at, and not asked to look.
void look_at(checks::Check& check, const Environment& environment) {
  const auto paths = check.argv.end() - static_cast<std::ptrdiff_t>(check.paths);
  check.argv.insert(paths, "--python-executable=" + environment.built.python);
  for (const auto& [name, value] : environment.built.variables)
    if (name == "PYTHONPATH") add_path(check.environment, "MYPYPATH", value);
}

}  // namespace

bool concerns(const checks::Check& check) {
  return check.verdict.empty() && (check.name == "pytest" || check.name == "mypy" || check.name == "import-cost");
}

void use_in(checks::Check& check, const Environment& environment) {
  if (check.name == "pytest" || check.name == "import-cost") run_with(check, environment);
  if (check.name == "mypy") look_at(check, environment);
  if (!environment.tree.empty()) check.binds.push_back({environment.tree, std::string(checks::kEnvironmentInside)});
  for (const auto& bind : environment.binds) {
    const auto same = [&](const auto& each) { return each.to == bind.to; };
    if (std::none_of(check.binds.begin(), check.binds.end(), same)) check.binds.push_back(bind);
  }
}

}  // namespace greenroom::environment
