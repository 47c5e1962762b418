#include "lib/work/live_log.h"

namespace greenroom::work {
namespace {

constexpr std::chrono::seconds kQuiet{5};
constexpr std::chrono::milliseconds kPatience{200};

redis::Options hasty(redis::Options options) {
  options.timeout = std::min(options.timeout, kPatience);
  return options;
}

}  // namespace

LiveLog::LiveLog(redis::Options options, model::JobId job, const Clock& clock)
    : redis_(hasty(std::move(options))), prefix_("greenroom:log:" + to_string(job) + ":"), clock_(clock) {}

void LiveLog::publish(std::string_view check, std::string_view output) {
  const std::lock_guard lock(mutex_);
  auto& bytes = published_.try_emplace(std::string(check), 0).first->second;
  const auto now = clock_.steady();
  if (now < quiet_until_ || bytes + output.size() > kMostBytes) return;
  bytes += output.size();
  if (!redis_.publish(prefix_ + std::string(check), output)) quiet_until_ = now + kQuiet;
}

}  // namespace greenroom::work
