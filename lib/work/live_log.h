#pragma once
// Tells whoever watches what a check prints, over Redis pub/sub: channel greenroom:log:<job>:<check>, each message a
// piece of output. Losing it loses nothing: the final log goes to Postgres. A Redis that is slow or gone costs the
// checks at most a fifth of a second every five. Thread-safe.

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "lib/base/clock.h"
#include "lib/model/ids.h"
#include "lib/redis/redis.h"

namespace greenroom::work {

class LiveLog {
 public:
  LiveLog(redis::Options options, model::JobId job, const Clock& clock = system_clock());
  void publish(std::string_view check, std::string_view output);

  static constexpr std::size_t kMostBytes = 4u << 20;  // of one check; a tool may print without end

 private:
  std::mutex mutex_;
  redis::Client redis_;
  const std::string prefix_;
  const Clock& clock_;
  std::chrono::steady_clock::time_point quiet_until_{};
  std::map<std::string, std::size_t, std::less<>> published_;
};

}  // namespace greenroom::work
