#pragma once
// What a plan must be before anything is started for it. Pure but for looking whether files exist.

#include <sys/types.h>

#include "lib/base/error.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::sandbox {

// A root launcher is escapable: its real uid inside stays 0. Errors: rejected.
Result<void> refuse_root(uid_t effective);

// Errors: bug (a plan that no caller should make), not_found (workspace or program is not there).
Result<void> check_plan(const Plan& plan);

// "a/b.xml": relative, no empty, "." or ".." component, no NUL.
bool is_relative_name(std::string_view name);

}  // namespace greenroom::sandbox
