#include "lib/base/log.h"
#include "lib/pg/query.h"
#include "lib/queue/queue.h"

namespace greenroom::queue {
namespace {

std::vector<model::JobId> ids_of(const pg::Rows& rows) {
  std::vector<model::JobId> ids;
  for (int i = 0; i < rows.size(); ++i) ids.push_back({rows[i].integer("id")});
  return ids;
}

Result<std::vector<model::JobId>> bury(pg::Connection& db) {
  std::vector<model::JobId> dead;
  const auto done = db.transaction([&](pg::Connection& inside) -> Result<void> {
    GREENROOM_TRY(rows, inside.run(pg::query("job/sweep_dead")));
    for (int i = 0; i < rows.size(); ++i)
      GREENROOM_CHECK(inside.run(pg::query("review/touch"), {rows[i].integer("change_id"), rows[i].text("trace_id")}));
    dead = ids_of(rows);
    return {};
  });
  if (!done) return tl::unexpected<Error>(done.error());
  for (const model::JobId job : dead) log::error("job dead", {{"job", job.value}});
  return dead;
}

}  // namespace

Result<Swept> sweep(pg::Connection& db, redis::Client* redis) {
  Swept swept;
  GREENROOM_CHECK(db.run(pg::query("job/sweep_cancelled")));
  GREENROOM_TRY(requeued, db.run(pg::query("job/sweep_requeue")));
  swept.requeued = ids_of(requeued);
  GREENROOM_TRY(dead, bury(db));
  swept.dead = std::move(dead);
  GREENROOM_TRY(waiting, db.run(pg::query("job/sweep_announce")));
  swept.announced = ids_of(waiting);
  if (redis == nullptr) return swept;
  // Runners also look for themselves: a failed announcement only makes them slower.
  for (const auto* ids : {&swept.requeued, &swept.announced})
    for (const model::JobId job : *ids)
      if (!announce(*redis, job)) return swept;
  return swept;
}

}  // namespace greenroom::queue
