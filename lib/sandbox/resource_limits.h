#pragma once
// The resource limits of a job as data, and setting them in the child.

#include <sys/resource.h>

#include <vector>

#include "lib/sandbox/sandbox.h"

namespace greenroom::sandbox {

struct ResourceLimit {
  int resource;  // RLIMIT_…
  rlim_t value;
};

enum class MemoryGuard {
  cgroup,        // counts the whole job
  address_space  // counts each process alone, and what it only reserved: so four times the limit
};

// Pure.
std::vector<ResourceLimit> resource_limits(const Limits& limits, MemoryGuard guard);

// Async-signal-safe. False with errno when the kernel refuses one.
bool set_limits(const std::vector<ResourceLimit>& limits);

}  // namespace greenroom::sandbox
