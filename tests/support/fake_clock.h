#pragma once
// A clock that moves only when the test says so. Thread-safe.

#include <atomic>

#include "lib/base/clock.h"

namespace greenroom::testing {

class FakeClock final : public Clock {
 public:
  explicit FakeClock(TimePoint start = TimePoint{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}} +
                                       std::chrono::hours{9});
  TimePoint now() const override;
  std::chrono::steady_clock::time_point steady() const override;  // moves with now()
  void advance(Duration by);

 private:
  const TimePoint start_;
  std::atomic<std::int64_t> passed_{0};  // microseconds
};

}  // namespace greenroom::testing
