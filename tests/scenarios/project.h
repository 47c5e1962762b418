#pragma once
// The projects that scenarios start from: a small clean one of our own, and packages that Debian ships.

#include <string>

#include "tests/line/line.h"

namespace greenroom::testing {

// A Python package with tests that every check is content with.
Files small_project();

// The files of the first branch that ./dev demo pushes.
Files newcomer_branch();

// The files of a Debian Python package, e.g. "pluggy", under `below`: real code, copied when the test runs.
Files debian_package(const std::string& name, const std::string& below = "src");

}  // namespace greenroom::testing
