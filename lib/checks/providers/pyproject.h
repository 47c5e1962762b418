#pragma once
// What a pyproject.toml asks for: PEP 621 dependencies, the extras and PEP 735 groups that are for tests. Pure. Private
// to providers/.

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::checks {

struct ProjectDependencies {
  std::vector<std::string> run;    // [project] dependencies
  std::vector<std::string> tests;  // of the extras and groups called test, tests, testing and dev
};
// Empty for a file without [project]. Errors: user_fault with the line, when it is not TOML.
Result<ProjectDependencies> project_dependencies(std::string_view pyproject);

}  // namespace greenroom::checks
