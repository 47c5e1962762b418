#include "lib/checks/words.h"

#include <stdexcept>
#include <string>

namespace greenroom::checks {
namespace {

using enum model::CheckKind;

constexpr Words kWords[] = {
    {"black", format, "Whether the changed Python files are laid out as black would lay them out.",
     "With one layout for everyone, a diff shows what changed and nothing else."},
    {"isort", format, "Whether the imports of the changed Python files are sorted.",
     "Sorted imports are found at a glance and seldom conflict when two changes meet."},
    {"ruff", lint, "Likely mistakes in the changed Python files: unused names, risky defaults, comparisons that surprise.",
     "These are cheap to mend now and hard to find later."},
    {"flake8", lint, "Likely mistakes in the changed Python files: unused names, undefined names, comparisons that surprise.",
     "These are cheap to mend now and hard to find later."},
    {"pylint", lint, "Errors that show only when several lines are read together: wrong arguments, defaults that are shared.",
     "They would stop the program, often only on a path that nobody tried."},
    {"greenroom", lint, "Habits from scripting inside another program: reload, changes of sys.path, Python 2.",
     "They work in one session and break for the next person."},
    {"mypy", type, "Whether values are used as their type hints say.", "A wrong type is found here in seconds instead of by a user."},
    {"pytest", test, "Whether the project's tests pass with this change.", "They hold what the project promises to do."},
    {"shellcheck", lint, "Likely mistakes in the changed shell scripts.", "Shell scripts fail on a space in a file name; this finds such places."},
    {"clang-format", format, "Whether the changed C and C++ files are laid out as .clang-format says.",
     "With one layout for everyone, a diff shows what changed and nothing else."},
    {"cppcheck", lint, "Likely mistakes in the changed C and C++ files.", "Memory that is misused may work for years, then not."},
};

}  // namespace

const Words& words_of(std::string_view check) {
  for (const Words& words : kWords)
    if (words.name == check) return words;
  throw std::logic_error("there are no words about '" + std::string(check) + "'");
}

}  // namespace greenroom::checks
