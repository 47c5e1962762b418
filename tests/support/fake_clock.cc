#include "tests/support/fake_clock.h"

namespace greenroom::testing {

FakeClock::FakeClock(TimePoint start) : start_(start) {}
TimePoint FakeClock::now() const { return start_ + Duration{passed_.load()}; }
std::chrono::steady_clock::time_point FakeClock::steady() const {
  return std::chrono::steady_clock::time_point{Duration{passed_.load()}};
}
void FakeClock::advance(Duration by) { passed_ += by.count(); }

}  // namespace greenroom::testing
