#pragma once
// What webhooks missed (I8): the host's open changes compared with ours; a difference becomes the event that the
// webhook would have brought. Any number of bots may poll at a time; a webhook that comes late after all is stale.

#include "lib/bot/intake.h"
#include "lib/bot/settings.h"

namespace greenroom::bot {

class Poller {
 public:
  Poller(pg::Pool& pool, HostSet& hosts, Intake& intake) : pool_(pool), hosts_(hosts), intake_(intake) {}
  // One round over every repository of every host. Returns how many events were missing. A repository that fails is
  // logged and left for the next round. Errors: the host's or the database's, when not even the list could be read.
  Result<int> poll();

 private:
  Result<int> poll_repository(hosts::Host& host, const model::RepositoryFacts& repository);

  pg::Pool& pool_;
  HostSet& hosts_;
  Intake& intake_;
};

}  // namespace greenroom::bot
