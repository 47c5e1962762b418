#pragma once
// A review that something changed for: facts → teaching → the review that should stand, written as `wanted`.

#include "lib/bot/settings.h"
#include "lib/pg/pg.h"
#include "lib/teaching/teaching.h"

namespace greenroom::bot {

// One per thread; the lesson book is shared and never changes.
class Composer {
 public:
  Composer(pg::Pool& pool, const Settings& settings, const teaching::LessonBook& book);

  // Composes one review whose dirty_version is ahead. What changes it meanwhile waits for the row and raises the
  // version again, so nothing is missed. A review that cannot be composed is tried again later, and later still.
  // Errors: the database's.
  Result<Step> compose_one();

 private:
  struct Wanted {
    std::string json;
    bool ended = false;  // no check runs any more
  };
  Result<Wanted> wanted_for(pg::Connection& db, model::ChangeId change);

  pg::Pool& pool_;
  const Settings& settings_;
  const teaching::LessonBook& book_;
};

}  // namespace greenroom::bot
