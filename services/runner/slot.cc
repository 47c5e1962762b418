#include "services/runner/slot.h"

#include <poll.h>

#include "lib/base/log.h"
#include "lib/queue/practice.h"
#include "lib/queue/queue.h"
#include "lib/work/crash_point.h"

namespace greenroom::runner {
namespace {

constexpr std::chrono::milliseconds kBlock{1000};  // also how often a slot looks for itself, and hears SIGTERM
constexpr std::chrono::milliseconds kWithoutRedis{1000};
constexpr std::chrono::milliseconds kUnable{5000};
constexpr std::chrono::minutes kForgotten{1};

void pause(std::chrono::milliseconds time, const std::function<bool()>& stopping) {
  const auto end = system_clock().steady() + time;
  while (!stopping() && system_clock().steady() < end) ::poll(nullptr, 0, 100);
}

// Until a job may be there. An entry is acknowledged at once: losing it costs one look, keeping it could cost a job.
void await_work(redis::Client& redis, const std::string& consumer, const std::function<bool()>& stopping) {
  auto entries = redis.read_group(queue::kStream, queue::kGroup, consumer, 1, kBlock);
  if (!entries && entries.error().kind == ErrorKind::not_found) {
    if (redis.ensure_group(queue::kStream, queue::kGroup)) return;
  }
  if (!entries) return pause(kWithoutRedis, stopping);
  if (!entries->empty()) work::crash_point("woken");
  for (const redis::StreamEntry& entry : *entries) {
    static_cast<void>(redis.acknowledge(queue::kStream, queue::kGroup, entry.id));
  }
}

// Entries that a killed runner read and never acknowledged: they have woken whom they could.
void clear_forgotten(redis::Client& redis, const std::string& consumer) {
  static_cast<void>(redis.ensure_group(queue::kStream, queue::kGroup));
  const auto entries = redis.auto_claim(queue::kStream, queue::kGroup, consumer, kForgotten);
  if (!entries) return;
  for (const redis::StreamEntry& entry : *entries) {
    static_cast<void>(redis.acknowledge(queue::kStream, queue::kGroup, entry.id));
  }
}

void work_on(const model::Job& job, work::Worker& worker, Measures& measures, const std::function<bool()>& stopping) {
  measures.begins(job);
  log::info("job begins", {{"job", job.id.value}, {"trace", job.trace.hex}, {"attempt", job.attempt}});
  work::crash_point("claimed");
  const work::Ended ended = worker.work(job, stopping);
  measures.ends(ended);
  log::info("job ends", {{"job", job.id.value}, {"trace", job.trace.hex}, {"ended", work::name_of(ended)}});
}

// Somebody sits before the page and waits: a try goes before every job. True when there was one.
Result<bool> work_on_try(const std::string& name, pg::Pool& db, work::Worker& worker,
                         const std::function<bool()>& stopping) {
  const auto lease =
      db.with<std::optional<model::PracticeTry>>([&](pg::Connection& one) { return queue::claim_try(one, name); });
  if (!lease) return tl::unexpected(lease.error());
  if (!*lease) return false;
  const work::Ended ended = worker.work(**lease, stopping);
  log::info("try ends", {{"try", (*lease)->id.value}, {"ended", work::name_of(ended)}});
  return true;
}

}  // namespace

void run_slot(SlotOptions options, const work::Settings& settings, pg::Pool& db, Measures& measures,
              const std::function<bool()>& stopping) {
  redis::Client redis(options.redis);
  clear_forgotten(redis, options.name);
  work::Worker worker(settings, db, options.redis, std::move(options.directory));
  while (!stopping()) {
    if (const auto able = worker.able(); !able) {
      log::error("no job is taken", {{"slot", options.name}, {"error", able.error()}});
      pause(kUnable, stopping);
      continue;
    }
    const auto tried = work_on_try(options.name, db, worker, stopping);
    if (tried && *tried) continue;
    const auto job = db.with<std::optional<model::Job>>(
        [&](pg::Connection& one) { return queue::claim_next(one, options.name, options.repository_slots); });
    if (!job) {
      log::warn("cannot claim", {{"slot", options.name}, {"error", job.error()}});
      pause(kWithoutRedis, stopping);
    } else if (*job) {
      work_on(**job, worker, measures, stopping);
    } else {
      await_work(redis, options.name, stopping);
    }
  }
}

}  // namespace greenroom::runner
