#pragma once
// GitLab's half of the ingress: who sent it, under which id, and what it means. See signature.h and payload.h.
//
//   POST <webhook.url>/hooks/gitlab
//   webhook-id, or Idempotency-Key: the delivery, the same when GitLab sends it again
//   X-Gitlab-Event-UUID: the deed; what one deed sets off bears the same, so it is no delivery's id alone

#include "lib/base/clock.h"
#include "lib/hosts/host.h"

namespace greenroom::hosts::gitlab {

class GitlabIngress final : public Ingress {
 public:
  // The clock says how old a signature is; it outlives the ingress.
  explicit GitlabIngress(const Clock& clock = system_clock()) : clock_(clock) {}
  Result<Verified> verify(const model::Headers& headers, std::string_view body,
                          const std::vector<Secret>& secrets) const override;
  Result<std::optional<model::Event>> parse(const model::Delivery& delivery) const override;

 private:
  const Clock& clock_;
};

}  // namespace greenroom::hosts::gitlab
