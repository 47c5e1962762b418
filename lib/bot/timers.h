#pragma once
// A timer that is due → timer_due event → applied, in one transaction that also removes the timer.

#include "lib/bot/apply.h"
#include "lib/bot/settings.h"

namespace greenroom::bot {

class Timers {
 public:
  // Due by `clock`, which tests move.
  Timers(pg::Pool& pool, const Settings& settings, const Clock& clock)
      : pool_(pool), settings_(settings), clock_(clock) {}
  Result<Step> take_one();

 private:
  pg::Pool& pool_;
  const Settings& settings_;
  const Clock& clock_;
};

}  // namespace greenroom::bot
