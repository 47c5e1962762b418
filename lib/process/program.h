#pragma once
// Finds the file that argv[0] names, in the command's own PATH: the runner's PATH is none of a job's business.

#include <string>

#include "lib/base/error.h"
#include "lib/process/process.h"

namespace greenroom::process {

// A name with a '/' is answered as it is. Errors: not_found.
Result<std::string> find_program(const Command& command);

}  // namespace greenroom::process
