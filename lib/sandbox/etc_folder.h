#pragma once
// The job's small /etc, a folder that is made once and shown read-only to every job: one mount costs less at every
// start than the two mounts and five files that it stands for.

#include <string>

#include "lib/base/error.h"

namespace greenroom::sandbox {

// `<parent>/etc-<state>` with the users, hosts and name service of a job, the dynamic linker's cache and Debian's
// /etc/alternatives, these two of `root` (Plan::root). The state is that of the two: when a package changes them, the
// next job gets a folder of its own. Threads and processes may ask at the same time. Errors: transient.
Result<std::string> etc_folder(const std::string& parent, const std::string& root = {});

}  // namespace greenroom::sandbox
