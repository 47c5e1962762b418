#pragma once
// How the whole line fares, read from Postgres and Redis: for the health page and /metrics.

#include <cstdint>
#include <optional>
#include <string>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/pg/pg.h"
#include "lib/redis/redis.h"

namespace greenroom::web {

struct Health {
  std::int64_t deliveries_waiting = 0, deliveries_failed = 0;
  std::int64_t jobs_queued = 0, jobs_running = 0, leases_lost = 0, jobs_dead = 0;
  std::int64_t effects_waiting = 0, effects_in_doubt = 0, effects_failed = 0;
  std::int64_t reviews_unsettled = 0, outbox_waiting = 0, outbox_refused = 0;
  std::optional<TimePoint> oldest_delivery_at, oldest_queued_at;
  std::optional<Duration> median_wait;  // from queued to started, today
  bool redis = false;
  TimePoint now;  // the database's
};

Result<Health> read_health(pg::Connection& db, const redis::Options& redis);
std::string prometheus_text(const Health& health);

}  // namespace greenroom::web
