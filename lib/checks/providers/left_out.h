#pragma once
// Packages of a lock that come from no index: they are not followed, and people are told which. Pure. Private to
// providers/.

#include <string>
#include <string_view>
#include <vector>

namespace greenroom::checks {

inline constexpr std::size_t kMaxLockBytes = 8u << 20;

// "uv.lock: gitty, from git https://example.org/gitty". A user and a password in the address are not repeated.
// Nothing is added beyond 50 lines.
void leave_out(std::vector<std::string>& lines, std::string_view lock, std::string_view package, std::string_view kind,
               std::string_view where);

}  // namespace greenroom::checks
