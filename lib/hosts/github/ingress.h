#pragma once
// GitHub's half of the ingress: who signed, under which id, and what it means. See payload.h.
//
//   POST <webhook.url>/hooks/github
//   X-GitHub-Event, X-GitHub-Delivery (a GUID): not signed
//   X-Hub-Signature-256: sha256=<hex HMAC-SHA-256 of the body>; docs.github.com, "Validating webhook deliveries"

#include "lib/hosts/host.h"

namespace greenroom::hosts::github {

class GithubIngress final : public Ingress {
 public:
  Result<Verified> verify(const model::Headers& headers, std::string_view body,
                          const std::vector<Secret>& secrets) const override;
  Result<std::optional<model::Event>> parse(const model::Delivery& delivery) const override;
};

}  // namespace greenroom::hosts::github
