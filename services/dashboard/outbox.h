#pragma once
// Brings what waits in the practice host's outbox to the webhook, for as long as the dashboard runs. What a page or a
// push could not send at once goes out here.

#include <stop_token>
#include <string>
#include <thread>

#include "lib/base/secret.h"
#include "lib/pg/pg.h"

namespace greenroom::dashboard {

class OutboxLoop {
 public:
  OutboxLoop(pg::Pool& pool, std::string webhook_url, Secret secret);  // starts its thread
  ~OutboxLoop() = default;                                             // stops and joins it

 private:
  void run(const std::stop_token& stop);

  pg::Pool& pool_;
  const std::string webhook_url_;
  const Secret secret_;
  std::jthread thread_;
};

}  // namespace greenroom::dashboard
