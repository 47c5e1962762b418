#pragma once
// What a failed git process means for the caller, read from its exit and its complaint. Pure.

#include "lib/base/error.h"
#include "lib/process/process.h"

namespace greenroom::git {

Error explain_failure(const process::Outcome& outcome);

}  // namespace greenroom::git
