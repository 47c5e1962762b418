#pragma once
// Lets runners read: answers what they ask in read_access with an address and a token of the host's, sealed to the
// runner's key (lib/work/read_access.h opens it). The token may read one repository and nothing else. One per thread.

#include "lib/bot/settings.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

class AccessGiver {
 public:
  AccessGiver(pg::Pool& pool, HostSet& hosts) : pool_(pool), hosts_(hosts) {}
  // Answers the oldest question. What may pass is left for a later try; what will not is refused in words for people.
  // Errors: the database's.
  Result<Step> give_one();
  // Removes what no runner waits for.
  Result<void> forget();

 private:
  pg::Pool& pool_;
  HostSet& hosts_;
};

}  // namespace greenroom::bot
