#pragma once
// Synchronized<T>: a value that can only be touched while its mutex is held.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace greenroom {

template <class T>
class Synchronized {
 public:
  Synchronized() = default;
  explicit Synchronized(T value) : value_(std::move(value)) {}

  // Calls use(value) under the lock and returns its result. Keep it short; never call out to I/O.
  template <class Use>
  decltype(auto) with(Use&& use) {
    const std::lock_guard lock(mutex_);
    return std::forward<Use>(use)(value_);
  }
  template <class Use>
  decltype(auto) with(Use&& use) const {
    const std::lock_guard lock(mutex_);
    return std::forward<Use>(use)(value_);
  }

  // Changes the value and wakes every waiter.
  template <class Use>
  void update(Use&& use) {
    {
      const std::lock_guard lock(mutex_);
      std::forward<Use>(use)(value_);
    }
    changed_.notify_all();
  }

  // Waits until ready(value) or the timeout; returns ready's last answer.
  template <class Ready, class Rep, class Period>
  bool wait_for(std::chrono::duration<Rep, Period> timeout, Ready&& ready) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, timeout, [&] { return ready(value_); });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  T value_{};
};

}  // namespace greenroom
