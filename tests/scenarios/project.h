#pragma once
// The projects that scenarios start from: a small clean one of our own, and packages that Debian ships
// (tests/line/debian_package.h).

#include "tests/line/debian_package.h"
#include "tests/line/line.h"

namespace greenroom::testing {

// A Python package with tests that every check is content with.
Files small_project();

// The files of the first branch that ./dev demo pushes.
Files newcomer_branch();

}  // namespace greenroom::testing
