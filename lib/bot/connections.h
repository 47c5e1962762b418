#pragma once
// How each host and each repository that the bot was let into is set up, looked at once an hour, when an operator asks,
// and every five minutes while something is missing: rows of `connection`, which the dashboard shows. Any number of
// bots may look; each row is claimed. One per thread.

#include <string>

#include "lib/bot/settings.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

class Connections {
 public:
  // `webhook_url`: webhook.url.
  Connections(pg::Pool& pool, HostSet& hosts, std::string webhook_url);
  // Looks at what is due longest. Asks a host a few questions, so it may block for a minute: give it a thread that
  // nobody waits for. Errors: the database's; what a host does not answer is a remark.
  Result<Step> examine_one();

 private:
  Result<void> know_hosts();
  Result<void> examine_host(const std::string& name, hosts::Host& host);
  Result<void> report(const std::string& host, std::int64_t repository, const hosts::Remarks& remarks);

  pg::Pool& pool_;
  HostSet& hosts_;
  const std::string webhook_url_;
  std::string known_;  // the names of the hosts that have rows
};

}  // namespace greenroom::bot
