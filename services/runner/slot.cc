#include "services/runner/slot.h"

#include <poll.h>

#include "lib/base/log.h"
#include "lib/queue/queue.h"

namespace greenroom::runner {
namespace {

constexpr std::chrono::milliseconds kBlock{2000};        // also how often a slot looks for itself
constexpr std::chrono::milliseconds kWithoutRedis{1000};
constexpr std::chrono::minutes kForgotten{1};

void pause(std::chrono::milliseconds time) { poll(nullptr, 0, static_cast<int>(time.count())); }

// Until a job may be there. An entry is acknowledged at once: losing it costs one sweep, keeping it could cost a job.
void await_work(redis::Client& redis, const std::string& consumer) {
  auto entries = redis.read_group(queue::kStream, queue::kGroup, consumer, 1, kBlock);
  if (!entries && entries.error().kind == ErrorKind::not_found) {
    if (redis.ensure_group(queue::kStream, queue::kGroup)) return;
  }
  if (!entries) return pause(kWithoutRedis);
  for (const redis::StreamEntry& entry : *entries)
    static_cast<void>(redis.acknowledge(queue::kStream, queue::kGroup, entry.id));
}

void clear_forgotten(redis::Client& redis, const std::string& consumer) {
  static_cast<void>(redis.ensure_group(queue::kStream, queue::kGroup));
  const auto entries = redis.auto_claim(queue::kStream, queue::kGroup, consumer, kForgotten);
  if (!entries) return;
  for (const redis::StreamEntry& entry : *entries) static_cast<void>(redis.acknowledge(queue::kStream, queue::kGroup, entry.id));
}

}  // namespace

void run_slot(const SlotOptions& options, const work::Settings& settings, pg::Pool& db, const std::function<bool()>& stopping) {
  redis::Client redis(options.redis);
  clear_forgotten(redis, options.name);
  work::Worker worker(settings, db, options.redis, options.number);
  while (!stopping()) {
    const auto job = db.with<std::optional<model::Job>>([&](pg::Connection& one) { return queue::claim_next(one, options.name); });
    if (!job) {
      log::warn("cannot claim", {{"slot", options.name}, {"error", job.error()}});
      pause(kWithoutRedis);
    } else if (*job) {
      log::info("job begins", {{"job", (*job)->id.value}, {"trace", (*job)->trace.hex}, {"attempt", (*job)->attempt}});
      const work::Ended ended = worker.work(**job, stopping);
      log::info("job ends", {{"job", (*job)->id.value}, {"trace", (*job)->trace.hex}, {"ended", work::name_of(ended)}});
    } else {
      await_work(redis, options.name);
    }
  }
}

}  // namespace greenroom::runner
