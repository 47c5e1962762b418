#include "lib/bot/poller.h"

#include "lib/base/hash.h"
#include "lib/base/log.h"
#include "lib/pg/query.h"
#include "lib/store/delivery_log.h"

namespace greenroom::bot {
namespace {

using Heads = std::map<std::int64_t, std::string>;  // number → SHA

Heads heads_in(const pg::Rows& rows) {
  Heads heads;
  for (int i = 0; i < rows.size(); ++i) heads[rows[i].integer("number")] = rows[i].text("head_sha");
  return heads;
}

// Numbers of changes that look different here and there.
std::vector<std::int64_t> differing(const std::vector<hosts::Host::Head>& there, Heads here) {
  std::vector<std::int64_t> numbers;
  for (const auto& head : there) {
    const auto known = here.find(head.number);
    if (known == here.end() || known->second != head.sha) numbers.push_back(head.number);
    if (known != here.end()) here.erase(known);
  }
  for (const auto& [number, sha] : here) numbers.push_back(number);  // open here, not open there
  return numbers;
}

// What was found, or nothing and a line in the log.
int found_in(const Result<int>& polled, const model::RepositoryFacts& repository) {
  if (!polled) log::warn("poll.failed", {{"repository", repository.full_name}, {"error", polled.error()}});
  return polled.value_or(0);
}

}  // namespace

Result<int> Poller::poll() {
  int missing = 0;
  for (auto& [name, host] : hosts_) {
    const auto repositories = host->repositories();
    if (!repositories) {  // the other hosts are none the worse for it
      log::warn("poll.failed", {{"host", name}, {"error", repositories.error()}});
      continue;
    }
    for (const auto& repository : *repositories) {
      missing += found_in(poll_heads(*host, repository), repository);
      missing += found_in(poll_deeds(*host, repository), repository);
    }
  }
  return missing;
}

// The cursor moves after the deliveries are stored: whoever dies in between leaves them to be told again.
Result<int> Poller::poll_deeds(hosts::Host& host, const model::RepositoryFacts& repository) {
  const pg::Params where{repository.host, repository.host_repository_id};
  int missing = 0;
  for (;;) {
    GREENROOM_TRY(rows, pool_.run(pg::query("poll/cursor"), where));
    const std::string from = rows.empty() ? std::string() : rows[0].text("cursor");
    GREENROOM_TRY(deeds, host.deeds_since(repository.host_repository_id, from));
    GREENROOM_TRY(stored, store_missing(deeds.told));
    missing += stored;
    crash_point_("after_poll_store");
    if (deeds.cursor == from) return missing;
    GREENROOM_TRY(moved, pool_.run(pg::query("poll/move_cursor"),
                                   {repository.host, repository.host_repository_id, from, deeds.cursor}));
    if (moved.empty() || !deeds.more) return missing;  // another bot is further, or everything is read
  }
}

// Each in a transaction of its own: with several in one, a webhook that stores the same in another order would
// deadlock.
Result<int> Poller::store_missing(const std::vector<model::Delivery>& told) {
  GREENROOM_TRY(db, pool_.borrow());
  int missing = 0;
  for (auto delivery : told) {
    delivery.trace.hex = random_hex(16);
    delivery.received_at = system_clock().now();
    GREENROOM_TRY(stored, store::store_delivery(*db, delivery));
    if (stored == store::Stored::known) continue;
    log::info("poll.found", {{"trace", delivery.trace.hex}, {"event", delivery.event_name}});
    ++missing;
  }
  return missing;
}

Result<int> Poller::poll_heads(hosts::Host& host, const model::RepositoryFacts& repository) {
  // Ours first: a change that opens in between is then missing here at worst, and taken as a difference.
  GREENROOM_TRY(rows, pool_.run(pg::query("poll/open_changes"), {repository.host, repository.host_repository_id}));
  const auto here = heads_in(rows);
  GREENROOM_TRY(there, host.open_heads(repository.host_repository_id));
  int missing = 0;
  for (const auto number : differing(there, here)) {
    auto event = host.describe(repository.host_repository_id, number);
    if (!event) {
      if (event.error().kind == ErrorKind::not_found) continue;
      return pass(event.error(), "describe");
    }
    const bool is_update = event->kind == model::EventKind::change_opened && here.contains(number);
    if (is_update) event->kind = model::EventKind::change_updated;
    GREENROOM_CHECK(intake_.take_event(*event));
    log::info("poll.found", {{"repository", repository.full_name}, {"number", number}});
    ++missing;
  }
  return missing;
}

}  // namespace greenroom::bot
