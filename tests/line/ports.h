#pragma once
// A loopback port that nothing uses right now.

namespace greenroom::testing {

int free_port();  // throws std::runtime_error when the system has none

}  // namespace greenroom::testing
