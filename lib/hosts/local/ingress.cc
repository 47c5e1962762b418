#include "lib/hosts/local/ingress.h"

#include "lib/hosts/local/payload.h"
#include "lib/hosts/meaning.h"
#include "lib/hosts/signature.h"

namespace greenroom::hosts::local {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

}  // namespace

Result<Verified> LocalIngress::verify(const model::Headers& headers, std::string_view body,
                                      const std::vector<Secret>& secrets) const {
  const auto signature = only_value(headers, "x-greenroom-signature-256");
  if (!signature) return rejected("the signature is missing, or there twice");
  if (!is_signed(*signature, body, secrets)) return rejected("the signature does not match");
  const auto id = only_value(headers, "x-greenroom-delivery");
  if (!id || id->size() != 32 || id->find_first_not_of(kHexDigits) != std::string_view::npos) {
    return user_fault("x-greenroom-delivery is not 32 hex digits");
  }
  GREENROOM_TRY(event, decode(body));
  const auto name = std::string(model::name_of(event.kind));
  if (only_value(headers, "x-greenroom-event").value_or("") != name) {
    return user_fault("x-greenroom-event is not the event of the body");
  }
  return Verified{std::string(*id), name, meaning_of(event)};
}

Result<std::optional<model::Event>> LocalIngress::parse(const model::Delivery& delivery) const {
  GREENROOM_TRY(event, decode(delivery.body));
  event.trace = delivery.trace;
  return std::optional<model::Event>(std::move(event));
}

}  // namespace greenroom::hosts::local
