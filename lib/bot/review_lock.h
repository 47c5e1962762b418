#pragma once
// The lock that Gitea's and Forgejo's adapter needs, for all bots on one database: a session's advisory lock in
// Postgres. Should its connection be lost, the lease of the effect still keeps the others away for half a minute.

#include "lib/hosts/gitea/review_lock.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

// The pool outlives it. Each lock that is held takes one connection of the pool. Does not wait: an effect that finds
// the place taken is tried again later.
class PostgresReviewLock final : public hosts::gitea::ReviewLock {
 public:
  explicit PostgresReviewLock(pg::Pool& pool) : pool_(pool) {}
  Result<std::unique_ptr<Held>> take(const hosts::gitea::ReviewPlace& place) override;

 private:
  pg::Pool& pool_;
};

}  // namespace greenroom::bot
