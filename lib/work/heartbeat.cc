#include "lib/work/heartbeat.h"

#include "lib/base/log.h"

namespace greenroom::work {

Heartbeat::Heartbeat(pg::Pool& db, const model::Job& job, std::chrono::milliseconds interval, const Clock& clock)
    : Heartbeat(
          db, [&job](pg::Connection& one) { return queue::renew(one, job); }, interval, clock) {}

Heartbeat::Heartbeat(pg::Pool& db, Renew renew, std::chrono::milliseconds interval, const Clock& clock)
    : db_(db), renew_(std::move(renew)), interval_(interval), clock_(clock), renewed_(clock.steady()), thread_([this] {
        beat();
      }) {}

Heartbeat::~Heartbeat() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

bool Heartbeat::pause() {
  std::unique_lock lock(mutex_);
  return !woken_.wait_for(lock, interval_, [this] { return ending_; });
}

void Heartbeat::beat() {
  while (pause()) {
    const auto renewal = db_.with<queue::Renewal>(renew_);
    if (renewal) {
      renewed_ = clock_.steady();
      state_ = *renewal;
    } else {
      log::warn("lease not renewed", {{"error", renewal.error()}});
      if (clock_.steady() - renewed_ > model::kLease) state_ = queue::Renewal::lost;
    }
    if (!held()) return;
  }
}

}  // namespace greenroom::work
