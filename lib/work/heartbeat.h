#pragma once
// Keeps a lease while its job, or its try, runs, on a thread of its own, and hears of a cancellation within two
// seconds.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "lib/model/job.h"
#include "lib/pg/pg.h"
#include "lib/queue/queue.h"

namespace greenroom::work {

class Heartbeat {
 public:
  using Renew = std::function<Result<queue::Renewal>(pg::Connection&)>;
  // Of any lease that `renew` renews.
  Heartbeat(pg::Pool& db, Renew renew, std::chrono::milliseconds interval = std::chrono::seconds(2),
            const Clock& clock = system_clock());
  Heartbeat(pg::Pool& db, const model::Job& job, std::chrono::milliseconds interval = std::chrono::seconds(2),
            const Clock& clock = system_clock());
  ~Heartbeat();

  // Any thread. `lost` also when Postgres could not be asked for a whole lease: another runner may have the job by
  // then.
  queue::Renewal state() const { return state_; }
  bool held() const { return state_ == queue::Renewal::held; }

 private:
  void beat();
  bool pause();  // false once it is time to end

  pg::Pool& db_;
  const Renew renew_;
  const std::chrono::milliseconds interval_;
  const Clock& clock_;
  std::chrono::steady_clock::time_point renewed_;  // the thread's own
  std::atomic<queue::Renewal> state_{queue::Renewal::held};
  std::mutex mutex_;
  std::condition_variable woken_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace greenroom::work
