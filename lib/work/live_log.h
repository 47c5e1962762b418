#pragma once
// Tells whoever watches what a check prints, over Redis pub/sub: channel greenroom:log:<job>:<check>, each message a
// piece of output. Losing it loses nothing: the final log goes to Postgres. Thread-safe.

#include <chrono>
#include <mutex>
#include <string_view>

#include "lib/model/ids.h"
#include "lib/redis/redis.h"

namespace greenroom::work {

class LiveLog {
 public:
  LiveLog(redis::Options options, model::JobId job);
  void publish(std::string_view check, std::string_view output);

 private:
  std::mutex mutex_;
  redis::Client redis_;
  const std::string prefix_;
  std::chrono::steady_clock::time_point quiet_until_{};
};

}  // namespace greenroom::work
