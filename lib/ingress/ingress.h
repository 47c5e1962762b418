#pragma once
// What the webhook service answers. POST /hooks/<host> takes a delivery in: signature first, then shape, then stored,
// then answered. Every refusal is one line that says what to do.
//
//   202 stored   200 stored before   400 not this host's JSON   401 signature   404 no such host   405 not POST
//   413 too large (lib/http)   415 not application/json   503 cannot store now, with Retry-After
//   GET /livez /readyz /metrics

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lib/base/secret.h"
#include "lib/base/synchronized.h"
#include "lib/http/server.h"
#include "lib/metrics/metrics.h"
#include "lib/service/probes.h"
#include "lib/store/delivery_log.h"

namespace greenroom::ingress {

struct IngressOptions {
  std::map<std::string, std::vector<Secret>> secrets;  // by host; two while one is being replaced
  std::function<std::string()> hindrance;              // asked by /readyz, see lib/service/probes.h
};

// Thread-safe; outlives the server that calls it.
class Ingress {
 public:
  Ingress(IngressOptions options, store::DeliveryLog& log, metrics::Registry& metrics);
  void handle(http::Request request, std::shared_ptr<http::Responder> responder) const;
  // Takes deliveries of this host with this secret too, from now on. Any thread.
  void accept(const std::string& host, Secret secret);
  // From now on /readyz says no, so that a load balancer looks elsewhere.
  void drain() { draining_ = true; }

 private:
  std::string metrics_text() const;
  std::vector<Secret> secrets_of(const std::string& host) const;  // none: the host has no hook here
  void take_in(const std::string& host, http::Request request, std::shared_ptr<http::Responder> responder) const;
  void answer(const std::shared_ptr<http::Responder>& responder, http::Response response) const;

  const std::function<std::string()> hindrance_;
  Synchronized<std::map<std::string, std::vector<Secret>>> secrets_;
  const service::Probes probes_;
  store::DeliveryLog& log_;
  metrics::Registry& metrics_;
  std::atomic<bool> draining_ = false;
};

}  // namespace greenroom::ingress
