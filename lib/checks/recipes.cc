// The table of every check. Help, `greenroom rules` and docs/checks.md name what stands here.

#include "lib/checks/recipe.h"

namespace greenroom::checks {

using enum model::CheckKind;

const std::vector<Recipe>& all_recipes() {
  static const std::vector<Recipe> recipes{
      {"black",
       format,
       "How Python is laid out: spaces, line breaks, quotes.",
       "One layout for all leaves reviews to what the code does.",
       "",
       "unified-diff",
       {0, 1, 123},
       fill_black},
      {"isort",
       format,
       "The order and grouping of Python imports.",
       "Sorted imports show at a glance what a file needs, and merge without conflicts.",
       "",
       "unified-diff",
       {0, 1},
       fill_isort},
      {"clang-format",
       format,
       "How C and C++ are laid out, by the project's .clang-format.",
       "One layout for all leaves reviews to what the code does.",
       "",
       "gcc",
       {0},
       fill_clang_format},
      {"flake8",
       lint,
       "Unused names, undefined names and risky comparisons in Python.",
       "These slips are invisible until the day they break something.",
       "",
       "flake8",
       {0, 1},
       fill_flake8},
      {"ruff",
       lint,
       "The project's own choice of rules for Python.",
       "These slips are invisible until the day they break something.",
       "",
       "ruff-json",
       {0, 1},
       fill_ruff},
      {"pylint",
       lint,
       "Python that would fail when it runs: wrong arguments, names that a module lacks, shared defaults.",
       "It finds on the desk what would else be found on the farm.",
       "",
       "pylint-json",
       {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30},
       fill_pylint},
      {"greenroom",
       lint,
       "What pipeline code trips over: reload(), changed sys.path, Python 2.",
       "It works in one session and fails in the next, far from where it was written.",
       "python3",
       "rdjsonl",
       {0},
       fill_greenroom},
      {"shellcheck",
       lint,
       "Shell scripts: quoting, word splitting, exit codes.",
       "A missing quote meets its first file name with a space on somebody else's machine.",
       "",
       "shellcheck-json1",
       {0, 1},
       fill_shellcheck},
      {"cppcheck",
       lint,
       "C and C++: uninitialised values, leaks, null pointers.",
       "Such a fault may work by chance for years.",
       "",
       "gcc",
       {0},
       fill_cppcheck},
      {"mypy",
       type,
       "Whether values have the types that the code expects.",
       "A type that does not fit is an exception that has not happened yet.",
       "",
       "mypy-text",
       {0, 1, 2},
       fill_mypy},
      {"pytest",
       test,
       "The project's tests, all of them.",
       "They show that what worked before still works.",
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
