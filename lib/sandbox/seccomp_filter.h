#pragma once
// The two seccomp programs of every job, made by libseccomp. Two, because the kernel takes the stricter answer of
// both: the first allows system calls by name and knows no arguments, the second forbids some arguments of those.
// A program for another ABI (i386, x32) is killed.

#include <string>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::sandbox {

// Kernel bytecode, made once per process. Thread-safe. Errors: bug (libseccomp refuses, which a test would show).
const Result<std::vector<std::string>>& seccomp_programs();

// System calls that answer "not permitted"; every other one that is not allowed answers "no such call".
const std::vector<const char*>& forbidden_calls();
const std::vector<const char*>& allowed_calls();

}  // namespace greenroom::sandbox
