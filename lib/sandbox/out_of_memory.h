#pragma once
// Whether a job ended for want of memory, where no cgroup counts it. A guess for the message to the author ("use less
// memory" instead of "your tests fail"), never a verdict. Pure.

#include "lib/process/process.h"

namespace greenroom::sandbox {

bool looks_out_of_memory(const process::Outcome& outcome);

}  // namespace greenroom::sandbox
