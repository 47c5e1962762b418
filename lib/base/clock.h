#pragma once
// Time, injected. Nothing outside this file's implementation asks the system for the time.

#include <chrono>
#include <string>
#include <string_view>

#include "lib/base/error.h"

namespace greenroom {

using TimePoint = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

// Thread-safe. now() is wall time in UTC; steady() only measures spans.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
  virtual std::chrono::steady_clock::time_point steady() const = 0;
};

const Clock& system_clock();  // lives for the whole process

// "2026-03-01T09:30:00.000000Z", RFC 3339 in UTC.
std::string to_rfc3339(TimePoint time);
// Accepts RFC 3339 with 'Z' or a numeric offset, and Postgres's "2026-03-01 09:30:00.1+00".
Result<TimePoint> parse_time(std::string_view text);

}  // namespace greenroom
