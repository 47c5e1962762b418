#include "lib/web/health.h"

#include "lib/hosts/local/reading.h"
#include "lib/pg/query.h"

namespace greenroom::web {
namespace {

void gauge(std::string& out, std::string_view name, std::string_view help, std::int64_t value) {
  out += "# HELP " + std::string(name) + " " + std::string(help) + "\n# TYPE " + std::string(name) + " gauge\n" +
         std::string(name) + " " + std::to_string(value) + "\n";
}

}  // namespace

Result<Health> read_health(pg::Connection& db, const redis::Options& redis) {
  GREENROOM_TRY(rows, db.run(pg::query("web/health")));
  GREENROOM_TRY(outbox, hosts::local::outbox_depth(db));
  const auto row = rows[0];
  Health health;
  health.deliveries_waiting = row.integer("deliveries_waiting");
  health.deliveries_failed = row.integer("deliveries_failed");
  health.jobs_queued = row.integer("jobs_queued");
  health.jobs_running = row.integer("jobs_running");
  health.leases_lost = row.integer("leases_lost");
  health.jobs_dead = row.integer("jobs_dead");
  health.effects_waiting = row.integer("effects_waiting");
  health.effects_in_doubt = row.integer("effects_in_doubt");
  health.effects_failed = row.integer("effects_failed");
  health.reviews_unsettled = row.integer("reviews_unsettled");
  health.outbox_waiting = outbox.waiting;
  health.outbox_refused = outbox.refused;
  health.oldest_delivery_at = row.maybe_time("oldest_delivery_at");
  health.oldest_queued_at = row.maybe_time("oldest_queued_at");
  if (!row.is_null("median_wait"))
    health.median_wait = Duration(static_cast<std::int64_t>(row.real("median_wait") * 1e6));
  health.now = row.time("now");
  redis::Options quick = redis;
  quick.timeout = std::chrono::milliseconds(500);
  health.redis = redis::Client(quick).ping().has_value();
  return health;
}

std::string prometheus_text(const Health& health) {
  std::string out;
  gauge(out, "greenroom_deliveries_waiting", "Stored deliveries that no bot has read yet.", health.deliveries_waiting);
  gauge(out, "greenroom_deliveries_failed", "Deliveries of the last 7 days that could not be read.",
        health.deliveries_failed);
  gauge(out, "greenroom_jobs_queued", "Jobs waiting for a runner.", health.jobs_queued);
  gauge(out, "greenroom_jobs_running", "Jobs under a lease.", health.jobs_running);
  gauge(out, "greenroom_leases_lost", "Leases that ran out and are not swept yet.", health.leases_lost);
  gauge(out, "greenroom_jobs_dead", "Jobs of the last 7 days given up after three attempts.", health.jobs_dead);
  gauge(out, "greenroom_effects_waiting", "Effects on their way to a git host.", health.effects_waiting);
  gauge(out, "greenroom_effects_in_doubt", "Effects whose outcome is unknown.", health.effects_in_doubt);
  gauge(out, "greenroom_effects_failed", "Effects of the last 7 days that a git host refused.", health.effects_failed);
  gauge(out, "greenroom_reviews_unsettled", "Changes whose review is not posted yet.", health.reviews_unsettled);
  gauge(out, "greenroom_practice_outbox_waiting", "Events of the practice host on their way to the webhook.",
        health.outbox_waiting);
  gauge(out, "greenroom_practice_outbox_refused", "Events of the practice host that the webhook refused.",
        health.outbox_refused);
  gauge(out, "greenroom_redis_up", "1 when Redis answers.", health.redis ? 1 : 0);
  return out;
}

}  // namespace greenroom::web
