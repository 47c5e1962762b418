#pragma once
// How one check is made: a name, the words that explain it, when it fits, and its command. One row each in recipes.cc.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/checks/check.h"
#include "lib/checks/tool_config.h"

namespace greenroom::checks {

struct Situation {
  const ProjectView& project;
  const config::Config& settings;
  std::vector<std::string> changed;  // without what the settings ignore
  std::vector<std::string> hidden;   // of the tree, with names that no tool can be given; in neither other list
  bool asked_for = false;            // named in checks.enabled
};

struct Recipe {
  std::string_view name;  // also its tool's name, unless `tool` says otherwise
  model::CheckKind kind{};
  std::string_view what, why;
  std::string_view tool;    // empty: as name
  std::string_view format;  // diagnostics::format_named; for mypy it depends on the version
  std::vector<int> exits;
  int load = 0;  // check.h; measured on one tree, black is 4
  // Adds arguments, files and paths; false: there is nothing to look at.
  bool (*fill)(const Situation& situation, const Tool& tool, Check& check);
};
const std::vector<Recipe>& all_recipes();

// Puts the paths at the end of argv, at most kMaxPaths, none of which can be read as an option. False for no path.
bool add_paths(Check& check, const std::vector<std::string>& paths);
// Adds the file and returns its path inside the sandbox.
std::string add_file(Check& check, ToolConfig config);

bool fill_black(const Situation& situation, const Tool& tool, Check& check);
bool fill_isort(const Situation& situation, const Tool& tool, Check& check);
bool fill_clang_format(const Situation& situation, const Tool& tool, Check& check);
bool fill_flake8(const Situation& situation, const Tool& tool, Check& check);
bool fill_ruff(const Situation& situation, const Tool& tool, Check& check);
bool fill_pylint(const Situation& situation, const Tool& tool, Check& check);
bool fill_greenroom(const Situation& situation, const Tool& tool, Check& check);
bool fill_shellcheck(const Situation& situation, const Tool& tool, Check& check);
bool fill_cppcheck(const Situation& situation, const Tool& tool, Check& check);
bool fill_mypy(const Situation& situation, const Tool& tool, Check& check);
bool fill_pytest(const Situation& situation, const Tool& tool, Check& check);
bool fill_import_cost(const Situation& situation, const Tool& tool, Check& check);

}  // namespace greenroom::checks
