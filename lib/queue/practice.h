#pragma once
// The queue of tries: as that of jobs (queue.h), with an epoch that every write names. A runner asks here first, since
// somebody sits before the page and waits.

#include <optional>
#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/model/practice.h"
#include "lib/pg/pg.h"
#include "lib/queue/queue.h"

namespace greenroom::queue {

// The oldest that waits, or whose lease ran out; nullopt: none.
Result<std::optional<model::PracticeTry>> claim_try(pg::Connection& db, const std::string& runner);
// lost: forgotten by its owner, or another runner's.
Result<Renewal> renew_try(pg::Connection& db, const model::PracticeTry& lease);

// Ends of a lease. Each does nothing when the epoch is no longer ours.
Result<void> give_back_try(pg::Connection& db, const model::PracticeTry& lease);
Result<void> fail_try(pg::Connection& db, const model::PracticeTry& lease, std::string_view reason, bool again);
// `report`: the JSON of lib/store/practice_report.h. False: the lease was lost.
Result<bool> finish_try(pg::Connection& db, const model::PracticeTry& lease, std::string_view report);

// By any bot: tries over which three runners died, and those older than `keep` (an hour at least).
Result<void> sweep_tries(pg::Connection& db, std::chrono::hours keep);

}  // namespace greenroom::queue
