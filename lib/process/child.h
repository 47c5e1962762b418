#pragma once
// Starts one child: everything between fork and exec. The rest of its life is run.cc's.

#include <sys/types.h>

#include "lib/base/error.h"
#include "lib/base/fd.h"
#include "lib/process/process.h"

namespace greenroom::process {

struct Child {
  pid_t pid = -1;  // also the number of its process group
  Fd exited;       // a pidfd: readable once the child has ended
  Fd out, err;     // our ends of its output pipes, non-blocking
};

// Errors as run()'s. The caller must reap `pid`.
Result<Child> start_child(const Command& command);

}  // namespace greenroom::process
