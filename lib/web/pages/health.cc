// How the line fares: what waits, what was given up, and whether somebody has to look.

#include <optional>

#include "lib/web/health.h"
#include "lib/web/page.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

void row(View& view, std::string_view what, std::string_view value, bool fine, std::string_view advice = "") {
  View& line = view.add("ROW");
  line.set("WHAT", what).set("VALUE", value).set("SIGN", fine ? "✓" : "•").set("TONE", fine ? "good" : "look");
  line.set("STATE", fine ? "fine" : "look here").set("ADVICE", fine ? "" : advice);
}

std::string waiting(std::int64_t count, const std::optional<TimePoint>& oldest, TimePoint now) {
  if (count == 0) return "none";
  return std::to_string(count) + (oldest ? ", the oldest for " + span_words(now - *oldest) : "");
}

bool is_fresh(const std::optional<TimePoint>& oldest, TimePoint now) {
  return !oldest || now - *oldest < std::chrono::minutes(5);
}

}  // namespace

Result<Page> health_page(const PageRequest& request) {
  GREENROOM_TRY(health, read_health(request.db, request.settings.redis));
  Page page{"Health", "health.html", "health", {}};
  View& view = page.view;
  const TimePoint now = health.now;
  row(view, "Deliveries waiting to be read", waiting(health.deliveries_waiting, health.oldest_delivery_at, now),
      is_fresh(health.oldest_delivery_at, now), "Is the bot running? It reads them.");
  row(view, "Deliveries that could not be read, last 7 days", std::to_string(health.deliveries_failed),
      health.deliveries_failed == 0, "greenroom explain delivery ID says why.");
  row(view, "Jobs waiting for a runner", waiting(health.jobs_queued, health.oldest_queued_at, now),
      is_fresh(health.oldest_queued_at, now), "Is a runner running, and are there enough?");
  row(view, "Jobs running", std::to_string(health.jobs_running), true);
  row(view, "Runners that went silent", std::to_string(health.leases_lost), health.leases_lost == 0,
      "Their jobs begin again within a minute.");
  row(view, "Jobs given up after three attempts, last 7 days", std::to_string(health.jobs_dead), health.jobs_dead == 0,
      "The job's page says why.");
  row(view, "Comments and statuses on their way to the git host", std::to_string(health.effects_waiting),
      health.effects_waiting < 100, "The git host may be slow, or its limits reached.");
  row(view, "Writes whose outcome is unknown", std::to_string(health.effects_in_doubt), health.effects_in_doubt == 0,
      "The bot looks for them on the git host before it repeats anything.");
  row(view, "Writes that the git host refused, last 7 days", std::to_string(health.effects_failed),
      health.effects_failed == 0, "The bot's log says why.");
  row(view, "Reviews not yet posted", std::to_string(health.reviews_unsettled), true);
  row(view, "Events of the practice host on their way", std::to_string(health.outbox_waiting),
      health.outbox_waiting < 20, "Is the webhook running?");
  row(view, "Events of the practice host that the webhook refused", std::to_string(health.outbox_refused),
      health.outbox_refused == 0, "The dashboard's log says why.");
  row(view, "Redis", health.redis ? "answers" : "does not answer", health.redis,
      "Everything goes on, only slower; live logs are missing.");
  view.set("MEDIAN_WAIT", health.median_wait ? span_words(*health.median_wait) : "no job yet today");
  return page;
}

}  // namespace greenroom::web
