#pragma once
// The practice host's half of the ingress: who signed, under which id, and what it means. See payload.h.

#include "lib/hosts/host.h"

namespace greenroom::hosts::local {

class LocalIngress final : public Ingress {
 public:
  Result<Verified> verify(const model::Headers& headers, std::string_view body,
                          const std::vector<Secret>& secrets) const override;
  Result<std::optional<model::Event>> parse(const model::Delivery& delivery) const override;
};

}  // namespace greenroom::hosts::local
