// The table of every check. Help, `greenroom rules` and docs/checks.md name what stands here.

#include "lib/checks/recipe.h"

namespace greenroom::checks {

using enum model::CheckKind;

const std::vector<Recipe>& all_recipes() {
  static const std::vector<Recipe> recipes{
      {"black",
       format,
       "Whether the changed Python files are laid out as black would lay them out.",
       "With one layout for everyone, a diff shows what changed and nothing else.",
       "",
       "unified-diff",
       {0, 1, 123},
       fill_black},
      {"isort",
       format,
       "Whether the imports of the changed Python files are sorted.",
       "Sorted imports are found at a glance and seldom conflict when two changes meet.",
       "",
       "unified-diff",
       {0, 1},
       fill_isort},
      {"clang-format",
       format,
       "Whether the changed C and C++ files are laid out as .clang-format says.",
       "With one layout for everyone, a diff shows what changed and nothing else.",
       "",
       "gcc",
       {0},
       fill_clang_format},
      {"flake8",
       lint,
       "Likely mistakes in the changed Python files: unused names, undefined names, comparisons that surprise.",
       "These are cheap to mend now and hard to find later.",
       "",
       "flake8",
       {0, 1},
       fill_flake8},
      {"ruff",
       lint,
       "Likely mistakes in the changed Python files: unused names, risky defaults, comparisons that surprise.",
       "These are cheap to mend now and hard to find later.",
       "",
       "ruff-json",
       {0, 1},
       fill_ruff},
      {"pylint",
       lint,
       "Errors that show only when several lines are read together: wrong arguments, defaults that are shared.",
       "They would stop the program, often only on a path that nobody tried.",
       "",
       "pylint-json",
       {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30},
       fill_pylint},
      {"greenroom",
       lint,
       "Habits from scripting inside another program: reload, changes of sys.path, Python 2.",
       "They work in one session and break for the next person.",
       "python3",
       "rdjsonl",
       {0},
       fill_greenroom},
      {"shellcheck",
       lint,
       "Likely mistakes in the changed shell scripts.",
       "Shell scripts fail on a space in a file name; this finds such places.",
       "",
       "shellcheck-json1",
       {0, 1},
       fill_shellcheck},
      {"cppcheck",
       lint,
       "Likely mistakes in the changed C and C++ files.",
       "Memory that is misused may work for years, then not.",
       "",
       "gcc",
       {0},
       fill_cppcheck},
      {"mypy",
       type,
       "Whether values are used as their type hints say.",
       "A wrong type is found here in seconds instead of by a user.",
       "",
       "mypy-text",
       {0, 1, 2},
       fill_mypy},
      {"pytest",
       test,
       "Whether the project's tests pass with this change.",
       "They hold what the project promises to do.",
       "",
       "junit",
       {0, 1, 2, 5},
       fill_pytest},
  };
  return recipes;
}

std::vector<Description> all_checks() {
  std::vector<Description> checks;
  for (const Recipe& recipe : all_recipes()) checks.push_back({recipe.name, recipe.kind, recipe.what, recipe.why});
  return checks;
}

}  // namespace greenroom::checks
