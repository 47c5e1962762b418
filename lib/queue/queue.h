#pragma once
// Postgres decides, Redis delivers. A runner claims, renews and finishes jobs through here; whatever Redis loses, the
// sweep over Postgres finds again. Every time stamp is the database's.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/model/job.h"
#include "lib/pg/pg.h"
#include "lib/redis/redis.h"

namespace greenroom::queue {

inline constexpr std::string_view kStream = "greenroom:jobs";
inline constexpr std::string_view kGroup = "runners";

// Tells runners that a job is ready. A failure is harmless: the sweep repeats it.
Result<void> announce(redis::Client& redis, model::JobId job);

// Takes the job when it is queued, or when its lease ran out: epoch + 1, attempt + 1, lease_until = now() + 30 s.
// nullopt: someone else has it, it is finished, or it was cancelled.
Result<std::optional<model::Job>> claim(pg::Connection& db, model::JobId job, const std::string& runner);
// The best claimable job, without Redis: docs/queue.md says whose turn it is. Claims wait for each other, a moment.
// `repository_slots`: no job of a repository that has so many under way, over all runners; 0: any number.
Result<std::optional<model::Job>> claim_next(pg::Connection& db, const std::string& runner, int repository_slots = 0);

enum class Renewal { held, cancel_requested, lost };
// Heartbeat: lease_until = now() + 30 s WHERE lease_epoch is ours.
Result<Renewal> renew(pg::Connection& db, const model::Job& job);

// Ends of a lease other than a report (lib/store/job_report.h). Each does nothing when the epoch is no longer ours.
// The runner is shutting down: queued again, and the attempt does not count.
Result<void> give_back(pg::Connection& db, const model::Job& job);
// Our side failed: queued again, or dead after kMaxAttempts or when `again` is false (the host does not have the
// commit).
Result<void> fail_attempt(pg::Connection& db, const model::Job& job, std::string_view reason, bool again);
Result<void> end_cancelled(pg::Connection& db, const model::Job& job);

// Sweep, by any bot, any number at a time: leases that ran out go back to queued, or to dead at kMaxAttempts
// (with reason, and the change marked for a fresh review); queued jobs older than 15 s are announced again.
struct Swept {
  std::vector<model::JobId> requeued, dead, announced;
};
Result<Swept> sweep(pg::Connection& db, redis::Client* redis);

}  // namespace greenroom::queue
