#pragma once
// The seccomp program of every job, made by libseccomp in two parts: the first forbids some arguments, the second
// allows system calls by name and knows no arguments. A call has to pass both; another ABI (i386, x32) is killed.
// One program and not two stacked ones, because the kernel prepares each program anew for every job.

#include <string>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::sandbox {

// Kernel bytecode, made once per process. Thread-safe. Errors: bug (libseccomp refuses, which a test would show).
const Result<std::string>& seccomp_program();

// System calls that answer "not permitted"; every other one that is not allowed answers "no such call".
const std::vector<const char*>& forbidden_calls();
const std::vector<const char*>& allowed_calls();

}  // namespace greenroom::sandbox
