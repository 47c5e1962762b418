#include "lib/bot/review_lock.h"

#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

class HeldLock final : public hosts::gitea::ReviewLock::Held {
 public:
  HeldLock(pg::Pool::Lease lease, std::string name) : lease_(std::move(lease)), name_(std::move(name)) {}
  ~HeldLock() override { (void)lease_->run(pg::query("effect/end_review_lock"), {name_}); }  // lost: it is free anyway
  HeldLock(const HeldLock&) = delete;
  HeldLock& operator=(const HeldLock&) = delete;

 private:
  pg::Pool::Lease lease_;
  std::string name_;
};

}  // namespace

Result<std::unique_ptr<hosts::gitea::ReviewLock::Held>> PostgresReviewLock::take(
    const hosts::gitea::ReviewPlace& place) {
  auto name = "greenroom review " + std::to_string(place.account) + " " + std::to_string(place.host_repository_id) +
              " " + std::to_string(place.number);
  GREENROOM_TRY(lease, pool_.borrow());
  GREENROOM_TRY(rows, lease->run(pg::query("effect/take_review_lock"), {name}));
  if (!rows[0].boolean("taken")) return transient("another bot is writing a review of this account on the change");
  return std::make_unique<HeldLock>(std::move(lease), std::move(name));
}

}  // namespace greenroom::bot
