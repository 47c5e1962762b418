#include "lib/bot/poller.h"

#include "lib/base/log.h"
#include "lib/pg/query.h"

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

}  // namespace

Result<int> Poller::poll() {
  int missing = 0;
  for (auto& [name, host] : hosts_) {
    GREENROOM_TRY(repositories, host->repositories());
    for (const auto& repository : repositories) {
      const auto found = poll_repository(*host, repository);
      if (found)
        missing += *found;
      else
        log::warn("poll.failed", {{"repository", repository.full_name}, {"error", found.error()}});
    }
  }
  return missing;
}

Result<int> Poller::poll_repository(hosts::Host& host, const model::RepositoryFacts& repository) {
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
