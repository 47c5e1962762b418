#pragma once
// Projects as plain values.

#include <map>
#include <string>
#include <vector>

#include "lib/checks/check.h"

namespace greenroom::checks {

struct View {
  std::vector<std::string> files;
  std::vector<std::string> changed;
  std::map<std::string, std::string, std::less<>> base;

  ProjectView project() const {
    return {files, changed, [this](std::string_view path) {
              const auto found = base.find(path);
              return found == base.end() ? std::string() : found->second;
            }};
  }
};

inline config::Config operators() {
  return *config::Config::load("", [](const std::string&) { return std::string(); });
}

// The tools that Debian has, at made-up places; and with the one it has not.
inline Toolbox every_tool() {
  Toolbox toolbox;
  for (const char* name :
       {"black", "isort", "clang-format", "flake8", "pylint", "python3", "shellcheck", "cppcheck", "mypy", "pytest"})
    toolbox.push_back({name, std::string("/usr/bin/") + name, "1.2.3", {}, {}});
  return toolbox;
}

inline Toolbox with_ruff() {
  Toolbox toolbox = every_tool();
  toolbox.push_back({"ruff", "/opt/greenroom-tools/bin/ruff", "1.2.3", {}, {}});
  return toolbox;
}

inline std::vector<std::string> names_of(const std::vector<Check>& checks) {
  std::vector<std::string> names;
  for (const Check& check : checks) names.push_back(check.name);
  return names;
}

inline const Check* find(const std::vector<Check>& checks, std::string_view name) {
  for (const Check& check : checks)
    if (check.name == name) return &check;
  return nullptr;
}

}  // namespace greenroom::checks
