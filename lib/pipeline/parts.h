#pragma once
// A tool that crashes over one file says nothing about the others: the files are looked at again in halves, until only
// the ones it crashes over are left.

#include <chrono>
#include <functional>

#include "lib/checks/check.h"
#include "lib/model/check.h"

namespace greenroom::pipeline {

// Looks at a part of the check's paths.
using LookAtPart = std::function<model::CheckResult(const checks::Check& part)>;

inline constexpr int kMaxParts = 24;  // runs of the tool; what is not reached by then counts as crashed

// `result` is the crash over all paths. Afterwards it holds the diagnostics and patches of the parts that went well, is
// still errored, and names the first file that did not. `deadline` is checked before each part.
void look_at_parts(const checks::Check& check, const LookAtPart& look, std::chrono::steady_clock::time_point deadline,
                   model::CheckResult& result);

}  // namespace greenroom::pipeline
