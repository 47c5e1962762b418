#pragma once
// Repositories, people and changes as an event shows them, written to their rows. Inner to lib/bot.

#include "lib/base/error.h"
#include "lib/bot/subject.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

struct Recorded {
  Subject subject;
  bool stale = false;  // a newer event of this change was applied already
};

// Writes what the event shows, and puts what we know better (a newer head) into the event.
Result<Recorded> record(pg::Connection& db, model::Event& event);

}  // namespace greenroom::bot
