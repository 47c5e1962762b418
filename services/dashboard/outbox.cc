#include "services/dashboard/outbox.h"

#include <condition_variable>
#include <mutex>

#include "lib/base/log.h"
#include "lib/hosts/local/practice.h"

namespace greenroom::dashboard {
namespace {

constexpr std::chrono::seconds kEvery{2};

}  // namespace

OutboxLoop::OutboxLoop(pg::Pool& pool, std::string webhook_url, Secret secret)
    : pool_(pool),
      webhook_url_(std::move(webhook_url)),
      secret_(std::move(secret)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void OutboxLoop::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any woken;
  bool said = false;  // one line for each time the webhook goes away, not one every two seconds
  while (!stop.stop_requested()) {
    const auto sent =
        pool_.with<int>([&](pg::Connection& db) { return hosts::local::send_waiting(db, webhook_url_, secret_); });
    if (!sent && !said) log::warn("events wait in the practice host's outbox", {{"error", sent.error()}});
    if (sent && *sent > 0) log::info("sent from the practice host's outbox", {{"events", *sent}});
    said = !sent;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, kEvery, [] { return false; });
  }
}

}  // namespace greenroom::dashboard
