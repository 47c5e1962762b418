#pragma once
// A check's plan run on the person's own machine, as themselves, without a sandbox: for `greenroom check`. What the
// plan says in the sandbox's paths (/work, /greenroom, /tmp/out, bound tools) is put into the machine's.
// Never for somebody else's code.

#include <functional>
#include <string_view>

#include "lib/base/error.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::checks {

// As sandbox::execute; of the limits it keeps the wall clock and the size of the output. The workspace is used as it
// is, also for tests. Errors: not_found (no such tool), transient.
Result<sandbox::SandboxOutcome> run_here(const sandbox::Plan& plan,
                                         const std::function<void(process::Stream, std::string_view)>& on_output = {},
                                         const std::function<bool()>& cancelled = {});

}  // namespace greenroom::checks
