#pragma once
// Real code to review: Python packages that Debian ships.

#include <string>

#include "tests/line/line.h"

namespace greenroom::testing {

// The source files of a package or module, e.g. "pluggy", under `below`, copied when the test runs. Throws when this
// machine does not have it.
Files debian_package(const std::string& name, const std::string& below = "src");

}  // namespace greenroom::testing
