#pragma once
// How much a host lets one account write.

#include <chrono>

namespace greenroom::hosts {

// So many in any span of that length, and no more.
struct WriteLimit {
  int count = 0;
  std::chrono::milliseconds within{0};
};

}  // namespace greenroom::hosts
