#pragma once
// A circuit breaker for one git host: after several failures in a row it is left alone for a while, then tried with one
// write; each further failure makes the while longer. Pure but for the jitter.

#include <chrono>

namespace greenroom::bot {

class Breaker {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr int kFailures = 5;
  static constexpr std::chrono::seconds kShortest{5}, kLongest{300};

  bool is_open(Time now) const { return now < until_; }
  void succeeded() { *this = Breaker(); }
  // True when this failure, or one before it, opened the breaker.
  bool failed(Time now);

 private:
  int failures_ = 0;
  Time until_{};
};

}  // namespace greenroom::bot
