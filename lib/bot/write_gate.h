#pragma once
// Whether a git host may be written to now: within the write budget that all bots share, while it does not ask for
// silence, and while it answers at all. What must wait is not even claimed, so that it costs no attempt.

#include <map>
#include <set>
#include <string>

#include "lib/base/clock.h"
#include "lib/bot/breaker.h"
#include "lib/bot/effect_rows.h"
#include "lib/bot/write_budget.h"
#include "lib/hosts/host.h"

namespace greenroom::bot {

// One per thread.
class WriteGate {
 public:
  // `clock` outlives the gate.
  WriteGate(const redis::Options& redis, const Clock& clock) : budget_(redis), clock_(clock) {}

  Excluded closed() const;
  // Takes one write; false: this is not its time, and closed() names it for as long.
  bool take(const model::Effect& effect, hosts::Host& host);
  void answered(const std::string& host) { breakers_[host].succeeded(); }
  // True: it was not this effect's fault, nothing was written, and it is not to be claimed for a while.
  bool failed(const model::Effect& effect, hosts::Host& host, const Error& error);

 private:
  using Time = std::chrono::steady_clock::time_point;
  std::chrono::milliseconds ask(const hosts::Host::Allowance& allowance, model::Urgency urgency);
  void pause(const std::string& account, model::Urgency from, std::chrono::milliseconds span);

  WriteBudget budget_;
  const Clock& clock_;
  std::map<std::string, Breaker> breakers_;                        // by host
  std::map<std::string, std::set<std::int64_t>> accounts_;         // the repositories that each was seen to write in
  std::map<std::pair<std::string, model::Urgency>, Time> pauses_;  // by account
  std::map<std::string, Time> paces_;  // by account: without Redis, when the next write may go
  Time ask_redis_at_{};
};

}  // namespace greenroom::bot
