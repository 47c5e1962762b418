#pragma once
// Waits for the secret of a GitHub App that an operator makes while this service runs, and gives it to the ingress.

#include <thread>

#include "lib/base/synchronized.h"
#include "lib/ingress/ingress.h"
#include "lib/ingress/kept_secret.h"

namespace greenroom::webhook {

// A thread of its own, which ends with the object, or once the secret is there. `ingress` outlives it.
class SecretWatch {
 public:
  SecretWatch(ingress::Ingress& ingress, pg::Options database, BoxKeys keys);
  ~SecretWatch();
  SecretWatch(const SecretWatch&) = delete;
  SecretWatch& operator=(const SecretWatch&) = delete;

 private:
  void watch();
  Result<bool> look();  // whether the secret is there

  ingress::Ingress& ingress_;
  ingress::KeptSecret kept_;
  bool published_ = false;
  Synchronized<bool> ending_;
  std::jthread thread_;  // last: it uses the rest
};

}  // namespace greenroom::webhook
