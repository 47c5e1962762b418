#pragma once
// A try that a runner has finished, without a runner.

#include <string>

#include "lib/model/practice.h"
#include "tests/browser/seeded_dashboard.h"

namespace greenroom::testing {

// An unused import, a formatter's wish, and a run that printed something and ended with 3.
model::PracticeReport practice_sample();
// Writes the report of the try at this path, as a runner would.
void finish_try(SeededDashboard& dashboard, const std::string& path, const model::PracticeReport& report);

}  // namespace greenroom::testing
