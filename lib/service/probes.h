#pragma once
// What a service answers about itself: /livez, /readyz and /metrics. A service with a port of its own answers them
// there; one that serves nothing else opens a port for them alone.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lib/config/config.h"
#include "lib/http/server.h"
#include "lib/pg/pg.h"

namespace greenroom::service {

struct Probes {
  std::function<std::string()> hindrance;  // of /readyz: one line that says why no work can be taken now; "": none
  std::function<std::string()> metrics;    // Prometheus's text
};

// nullopt: the path is none of the three. /livez asks nobody, so that a lost database restarts no process.
std::optional<http::Response> answer_probe(const http::Request& request, const Probes& probes);

// Asks Postgres on connections of its own, for a short while. Thread-safe; blocks for a few seconds at most.
class DatabaseProbe {
 public:
  explicit DatabaseProbe(pg::Options options);
  std::string hindrance();  // "the database does not answer", or ""

 private:
  pg::Pool pool_;
};

// Listens where the setting `key` says; nullptr when it is empty. What the probes use must outlive the server.
// Errors: user_fault.
Result<std::unique_ptr<http::Server>> open_probe_port(const config::Config& config, std::string_view key,
                                                      Probes probes);

}  // namespace greenroom::service
