#pragma once
// Server-sent events: what a check prints while it runs, and a pulse when a job's page has something new to show. One
// thread for each open stream, at most kStreams; thread-safe.

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "lib/http/server.h"
#include "lib/model/ids.h"
#include "lib/pg/pg.h"
#include "lib/redis/redis.h"

namespace greenroom::web {

inline constexpr std::size_t kStreams = 64;

class Live {
 public:
  Live(pg::Pool& pool, redis::Options redis) : pool_(pool), redis_(std::move(redis)) {}
  ~Live();

  // "event: change" whenever something changed, "event: end" when the job and its review are settled.
  void watch(model::JobId job, const std::shared_ptr<http::Responder>& responder);
  // The same for a try, of this person's own only; another one's is over at once, as if it were not there.
  void watch(model::TryId tried, model::PersonId person, const std::shared_ptr<http::Responder>& responder);
  // Pieces of the check's output as messages, then "event: end".
  void log(model::JobId job, const std::string& check, const std::shared_ptr<http::Responder>& responder);
  void stop() { stopping_ = true; }  // every stream ends within a second

 private:
  struct Stream {
    std::jthread thread;
    std::atomic<bool> done{false};
  };
  using Body = std::function<void(http::StreamWriter&)>;
  void begin(Body body, const std::shared_ptr<http::Responder>& responder);
  struct Pulse {
    std::string text;
    bool over = true;  // nothing will come any more
  };
  void watch_body(const std::function<Pulse()>& pulse, http::StreamWriter& writer);
  void log_body(model::JobId job, const std::string& check, http::StreamWriter& writer);

  Pulse pulse_of(model::JobId job);
  Pulse pulse_of(model::TryId tried, model::PersonId person);
  bool rest(std::chrono::milliseconds time) const;  // false: stop now

  pg::Pool& pool_;
  const redis::Options redis_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::list<Stream> streams_;
};

// One message of any text, with what nobody sees made visible and without '\r': its lines as "data:" lines, an empty
// line at the end.
std::string event_message(std::string_view text);

}  // namespace greenroom::web
