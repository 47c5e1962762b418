#include "lib/sandbox/out_of_memory.h"

#include <signal.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace greenroom::sandbox {

bool looks_out_of_memory(const process::Outcome& outcome) {
  if (outcome.ok() || outcome.timed_out || outcome.cancelled) return false;
  if (outcome.exit_code == 128 + SIGKILL) return true;  // we did not send it: the kernel did
  constexpr std::array<std::string_view, 5> kComplaints = {"MemoryError", "Cannot allocate memory", "std::bad_alloc",
                                                           "JavaScript heap out of memory", "virtual memory exhausted"};
  return std::any_of(kComplaints.begin(), kComplaints.end(), [&outcome](std::string_view complaint) {
    return outcome.err.tail.find(complaint) != std::string::npos ||
           outcome.err.head.find(complaint) != std::string::npos;
  });
}

}  // namespace greenroom::sandbox
