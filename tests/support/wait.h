#pragma once
// Waiting for what another thread or process does. Never a fixed pause: the condition is looked at every few
// milliseconds and the wait ends with it.

#include <chrono>
#include <functional>

namespace greenroom::testing {

// True as soon as the condition is, false when `limit` passed first. Assert on the answer.
[[nodiscard]] bool wait_until(const std::function<bool()>& condition,
                              std::chrono::milliseconds limit = std::chrono::seconds(20));

}  // namespace greenroom::testing
