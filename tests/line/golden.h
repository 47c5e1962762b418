#pragma once
// What a scenario expects, kept beside it as NAME.md (the living comment) and NAME.json (threads, statuses).
// GREENROOM_ACCEPT=1 writes them anew; look at the difference before you commit it.

#include <cstdint>
#include <string>

#include "tests/line/line.h"

namespace greenroom::testing {

// Compares what stands on the change with `folder`/`name`.{md,json}. Numbers that differ from run to run (SHAs,
// ports, job numbers, times, tool versions) are replaced by words first.
void expect_golden(Line& line, std::int64_t change, const std::string& folder, const std::string& name);

std::string without_accidents(std::string text);

}  // namespace greenroom::testing
