#pragma once
// Which of its limits a check reached, and the words for it. Pure.

#include <string>
#include <string_view>

#include "lib/checks/check.h"
#include "lib/model/check.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::pipeline {

struct Reached {
  model::Limit limit = model::Limit::none;
  std::string words;  // "stopped after 60 s: its time was up"; of tests the end of "the tests did not finish: they …"
};
Reached limit_reached(const checks::Check& check, const sandbox::SandboxOutcome& outcome);

// The test that pytest began last, or the file of it, from what pytest prints while it runs; empty when it does not
// say. A claim of the change's own code.
std::string last_test_begun(std::string_view out);

}  // namespace greenroom::pipeline
