#pragma once
// Gitea's and Forgejo's half of the ingress: who signed, under which id, and what it means. See payload.h.
//
//   POST <webhook.url>/hooks/gitea
//   X-Forgejo-Event, X-Forgejo-Delivery, X-Forgejo-Signature of Forgejo; X-Gitea-… of both. The signature is the bare
//   hex HMAC-SHA-256 of the body, and empty while the webhook has no secret. Event and id are not signed.
//
// Both send X-GitHub-… and X-Hub-Signature-256 too: those are never looked at.
// Source: docs.gitea.com, "Webhooks"; services/webhook/deliver.go of both.

#include "lib/hosts/host.h"

namespace greenroom::hosts::gitea {

class GiteaIngress final : public Ingress {
 public:
  Result<Verified> verify(const model::Headers& headers, std::string_view body,
                          const std::vector<Secret>& secrets) const override;
  Result<std::optional<model::Event>> parse(const model::Delivery& delivery) const override;
};

}  // namespace greenroom::hosts::gitea
