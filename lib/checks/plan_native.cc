// Shell, C and C++.

#include "lib/checks/plan.h"

namespace greenroom::checks {

void Planner::plan_shell() {
  const auto files = changed({".sh", ".bash"});
  const Tool* shellcheck = tool("shellcheck");
  if (files.empty() || shellcheck == nullptr || !wanted("shellcheck")) return;
  Check check = make("shellcheck", *shellcheck, "shellcheck-json1");
  check.argv.insert(check.argv.end(), {"--norc", "--format", "json1"});
  add(std::move(check), files);
}

void Planner::plan_c() {
  const auto files = changed({".c", ".h", ".cc", ".cpp", ".cxx", ".hpp"});
  if (files.empty()) return;
  const std::string style = project_.base_file(".clang-format");
  if (const Tool* clang_format = tool("clang-format"); clang_format != nullptr && !style.empty() && wanted("clang-format")) {
    Check check = make("clang-format", *clang_format, "gcc");
    check.files = {{"clang-format", style}};
    check.argv.insert(check.argv.end(), {"--dry-run", "--style=file:/greenroom/clang-format"});
    add(std::move(check), files);
  }
  if (const Tool* cppcheck = tool("cppcheck"); cppcheck != nullptr && wanted("cppcheck")) {
    Check check = make("cppcheck", *cppcheck, "gcc");
    check.argv.insert(check.argv.end(), {"--quiet", "--template=gcc", "--enable=warning,performance,portability"});
    add(std::move(check), files);
  }
}

}  // namespace greenroom::checks
