#pragma once
// What a job sees as /usr: the machine's own, read-only, or a root filesystem made for jobs (./dev root, docs/root.md).

#include <string>

#include "lib/base/error.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::sandbox {

struct RootFilesystem {
  std::string path;   // on the machine, absolute and free of symlinks; empty: the machine's own /usr
  std::string label;  // for people: "the machine's own /usr", "root filesystem of 2026-11-20, manifest 1a2b3c4d5e6f"
};

// Takes the operator's sandbox.root; empty is the machine's own. A link is followed once, here: what it leads to later
// concerns later processes. Errors: user_fault with a sentence that says what to do, where it is missing, is no root
// filesystem, or can be written by this process's user.
Result<RootFilesystem> open_root_filesystem(const std::string& configured);

// execute() on that root filesystem, whatever the plan says.
Execute executor_on(const RootFilesystem& root);

// Where Debian's merged /bin, /sbin and /lib lie: "/bin/sh" → "/usr/bin/sh". Others are answered unchanged.
std::string below_usr(const std::string& path);

// Whether `path`, below /usr as a job sees it, is a file that may be executed. A link in a root filesystem that starts
// with '/' is followed as the job would. `root` as in RootFilesystem::path.
bool is_program(const std::string& root, const std::string& path);

}  // namespace greenroom::sandbox
