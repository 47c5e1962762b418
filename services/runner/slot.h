#pragma once
// The loop of one slot: wait until something may be queued, claim, work, again.

#include <functional>
#include <string>

#include "lib/pg/pg.h"
#include "lib/redis/redis.h"
#include "lib/work/worker.h"
#include "services/runner/measures.h"

namespace greenroom::runner {

struct SlotOptions {
  std::string name;  // of this slot's consumer, unique among all runners: "host-42/0"
  redis::Options redis;
  work::SlotDirectory directory;
  int repository_slots = 0;  // queue::claim_next
};

// Blocks until `stopping`. A stream entry only wakes the slot: which job it takes, Postgres decides. Without Redis it
// looks every few seconds.
void run_slot(SlotOptions options, const work::Settings& settings, pg::Pool& db, Measures& measures,
              const std::function<bool()>& stopping);

}  // namespace greenroom::runner
