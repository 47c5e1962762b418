#pragma once
// One run with a given layering, and with weaker ones where the machine cannot do it. execute() starts with the best;
// tests start with each.

#include <functional>

#include "lib/sandbox/sandbox.h"
#include "lib/sandbox/stage.h"

namespace greenroom::sandbox {

using OnOutput = std::function<void(process::Stream, std::string_view)>;
using Cancelled = std::function<bool()>;

// The plan has been checked. `best` matters for plans that write only.
Result<SandboxOutcome> run_layered(const Plan& plan, Layering best, const OnOutput& on_output = {},
                                   const Cancelled& cancelled = {});

}  // namespace greenroom::sandbox
