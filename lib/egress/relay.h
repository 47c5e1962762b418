#pragma once
// Bytes between two sockets, until either ends for good. Private.

#include <atomic>
#include <cstdint>

#include "lib/egress/egress.h"

namespace greenroom::egress {

enum class Ways { both, back_only };  // back_only: nothing more of `here` is passed on

// Counts into `bytes`, and ends when that reaches `most`, when nothing came for `idle`, or when `ending` is readable.
void relay(int here, int there, Ways ways, int ending, std::atomic<std::uint64_t>& bytes, std::uint64_t most,
           std::chrono::milliseconds idle);

}  // namespace greenroom::egress
