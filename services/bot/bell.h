#pragma once
// Wakes the workers when there may be something to do. Thread-safe.

#include <chrono>
#include <cstdint>

#include "lib/base/synchronized.h"

namespace greenroom::bot {

class Bell {
 public:
  void ring() {
    rings_.update([](std::uint64_t& count) { ++count; });
  }
  std::uint64_t rings() const {
    return rings_.with([](const std::uint64_t& count) { return count; });
  }
  // Until it was rung more than `heard` times, at most `limit`.
  void wait(std::uint64_t heard, std::chrono::milliseconds limit) {
    rings_.wait_for(limit, [heard](const std::uint64_t& count) { return count > heard; });
  }

 private:
  Synchronized<std::uint64_t> rings_;
};

}  // namespace greenroom::bot
