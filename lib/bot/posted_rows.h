#pragma once
// What stands on the host, between its types and the rows of `posted`. Inner to lib/bot.

#include <optional>

#include "lib/hosts/host.h"
#include "lib/model/effect.h"
#include "lib/model/review.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

struct LeftStatus {  // a status that still says "running" on a head that is not the newest
  std::string head_sha;
  model::WantedStatus status;
};

struct Posted {
  model::PostedReview review;  // statuses only of `head_sha`
  std::vector<LeftStatus> left;
};
Result<Posted> load_posted(pg::Connection& db, model::RepositoryId repository, std::int64_t number,
                           const std::string& head_sha);

// Writes what a successful effect made of its slot. `found` is set when the host had it already.
Result<void> record_posted(pg::Connection& db, const model::Effect& effect, const std::string& reference,
                           const std::optional<hosts::Standing>& found);
// The thing that the effect was about is gone from the host.
Result<void> record_gone(pg::Connection& db, const model::Effect& effect);

}  // namespace greenroom::bot
