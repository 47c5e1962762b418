#pragma once
// Decisions → rows: jobs, effects, sections, timers, assignments. Inner to lib/bot.

#include <vector>

#include "lib/bot/behaviour.h"
#include "lib/bot/subject.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

// Writes every decision on `db`, inside the caller's transaction, and marks the change's review for composing.
// Every job passes verdict_on (lib/bot/approval.h) here, whatever asked for it.
// Returns the jobs that were queued. Decisions that need a change are left out on an issue.
Result<std::vector<model::JobId>> carry_out(pg::Connection& db, const model::Event& event, std::int64_t event_row,
                                            const Subject& subject, const std::vector<Decided>& decided,
                                            const Context& context);

}  // namespace greenroom::bot
