#pragma once
// A review that should stand, compared with what stands: the edits become effects. When there is nothing to edit, the
// version is settled. Plans only while no effect of the change is under way, so what stands is known exactly.

#include "lib/bot/settings.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

class Planner {
 public:
  explicit Planner(pg::Pool& pool) : pool_(pool) {}
  // Errors: the database's.
  Result<Step> plan_one();

 private:
  pg::Pool& pool_;
};

}  // namespace greenroom::bot
