#include "lib/sandbox/resource_limits.h"

namespace greenroom::sandbox {

std::vector<ResourceLimit> resource_limits(const Limits& limits, MemoryGuard guard) {
  std::vector<ResourceLimit> all = {{RLIMIT_CORE, 0},
                                    {RLIMIT_CPU, static_cast<rlim_t>(limits.cpu.count())},
                                    {RLIMIT_FSIZE, limits.file_bytes},
                                    {RLIMIT_MEMLOCK, 64u << 10},
                                    {RLIMIT_MSGQUEUE, 0},
                                    {RLIMIT_NOFILE, 1024},
                                    {RLIMIT_NPROC, static_cast<rlim_t>(limits.processes)},
                                    {RLIMIT_STACK, 8u << 20}};
  if (guard == MemoryGuard::address_space) all.push_back({RLIMIT_AS, 4 * limits.memory_bytes});
  return all;
}

bool set_limits(const std::vector<ResourceLimit>& limits) {
  for (const auto& [resource, value] : limits) {
    rlimit now{};
    if (::getrlimit(resource, &now) != 0) return false;
    // Our own hard limit may be lower already; raising it is neither possible nor wanted.
    const rlim_t least = now.rlim_max < value ? now.rlim_max : value;
    const rlimit wanted{least, least};
    if (::setrlimit(resource, &wanted) != 0) return false;
  }
  return true;
}

}  // namespace greenroom::sandbox
