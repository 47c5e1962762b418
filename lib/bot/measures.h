#pragma once
// What the bot tells about itself at /metrics: docs/metrics.md. Thread-safe.

#include <string>
#include <string_view>

#include "lib/metrics/metrics.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

class Measures {
 public:
  Measures();  // every series of this process stands from the start
  void poll_found(int missing);
  void step_failed(std::string_view step);  // one of the bot's own steps
  // With what waits in Postgres at this moment; without it while Postgres does not answer.
  std::string text(pg::Pool& pool) const;

 private:
  metrics::Registry registry_;
};

}  // namespace greenroom::bot
