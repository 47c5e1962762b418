#pragma once
// Waits that differ from process to process, so that they do not all come back at once.

#include <chrono>

#include "lib/base/hash.h"

namespace greenroom::bot {

// From the span to five quarters of it.
inline std::chrono::milliseconds jittered(std::chrono::milliseconds span) {
  const auto part = static_cast<unsigned char>(random_bytes(1)[0]);
  return span + span * part / 1024;
}

}  // namespace greenroom::bot
