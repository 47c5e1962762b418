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
  // From now on /readyz says no, so that a load balancer looks elsewhere.
  void drain() { draining_ = true; }

 private:
  std::string metrics_text() const;
  void take_in(const std::string& host, http::Request request, std::shared_ptr<http::Responder> responder) const;
  void answer(const std::shared_ptr<http::Responder>& responder, http::Response response) const;

  const IngressOptions options_;
  const service::Probes probes_;
  store::DeliveryLog& log_;
  metrics::Registry& metrics_;
  std::atomic<bool> draining_ = false;
};

}  // namespace greenroom::ingress
