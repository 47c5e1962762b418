#pragma once
// Tells runners of new jobs through Redis. While Redis is away it is not waited for: the sweep finds every job.

#include "lib/base/clock.h"
#include "lib/base/log.h"
#include "lib/queue/queue.h"

namespace greenroom::bot {

class Announcer {
 public:
  explicit Announcer(const redis::Options& options) : redis_(options) {}

  void announce(model::JobId job) {
    if (system_clock().steady() < not_before_) return;
    const auto announced = queue::announce(redis_, job);
    if (announced) return;
    log::warn("redis.away", {{"error", announced.error()}});
    not_before_ = system_clock().steady() + std::chrono::seconds(5);
  }
  redis::Client& redis() { return redis_; }

 private:
  redis::Client redis_;
  std::chrono::steady_clock::time_point not_before_{};
};

}  // namespace greenroom::bot
