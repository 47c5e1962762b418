#pragma once
// What webhooks missed (I8). The host's open changes are compared with ours: a difference becomes the event that the
// webhook would have brought. What people said and settled is read from the cursor on and stored as deliveries, under
// the meaning that the webhook has too. Any number of bots may poll at a time, and die at any point of it: a webhook
// that comes late after all is stale, or stored before.

#include "lib/bot/intake.h"
#include "lib/bot/settings.h"

namespace greenroom::bot {

class Poller {
 public:
  Poller(pg::Pool& pool, HostSet& hosts, Intake& intake, CrashPoint crash_point)
      : pool_(pool), hosts_(hosts), intake_(intake), crash_point_(std::move(crash_point)) {}
  // One round over every repository of every host. Returns how many events were missing; those of conversations wait
  // as deliveries. What fails is logged and left for the next round. Errors: the host's, when not even its list of
  // repositories could be read.
  Result<int> poll();

 private:
  Result<int> poll_heads(hosts::Host& host, const model::RepositoryFacts& repository);
  Result<int> poll_deeds(hosts::Host& host, const model::RepositoryFacts& repository);
  Result<int> store_missing(const std::vector<model::Delivery>& told);

  pg::Pool& pool_;
  HostSet& hosts_;
  Intake& intake_;
  CrashPoint crash_point_;
};

}  // namespace greenroom::bot
