#include "lib/work/live_log.h"

namespace greenroom::work {
namespace {
constexpr std::chrono::seconds kQuiet{5};  // a Redis that is gone must not slow the checks
}  // namespace

LiveLog::LiveLog(redis::Options options, model::JobId job)
    : redis_(std::move(options)), prefix_("greenroom:log:" + to_string(job) + ":") {}

void LiveLog::publish(std::string_view check, std::string_view output) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (now < quiet_until_) return;
  if (!redis_.publish(prefix_ + std::string(check), output)) quiet_until_ = now + kQuiet;
}

}  // namespace greenroom::work
