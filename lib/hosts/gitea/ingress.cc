#include "lib/hosts/gitea/ingress.h"

#include <algorithm>

#include "lib/hosts/gitea/payload.h"
#include "lib/hosts/meaning.h"
#include "lib/hosts/signature.h"

namespace greenroom::hosts::gitea {
namespace {

constexpr std::size_t kWord = 64;

// An id or the name of an event: short, and of characters that mean nothing anywhere.
bool is_word(std::string_view text) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  return !text.empty() && text.size() <= kWord && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

// All three headers are of one family: with two of them somebody could choose which signature counts.
std::string family_of(const model::Headers& headers) {
  const bool forgejo =
      std::ranges::any_of(headers, [](const auto& header) { return header.first.starts_with("x-forgejo-"); });
  return forgejo ? "x-forgejo-" : "x-gitea-";
}

}  // namespace

Result<Verified> GiteaIngress::verify(const model::Headers& headers, std::string_view body,
                                      const std::vector<Secret>& secrets) const {
  const auto family = family_of(headers);
  const auto signature = only_value(headers, family + "signature").value_or("");
  if (signature.empty()) return rejected("the signature is missing, or there twice: give the webhook a secret");
  if (!is_signed("sha256=" + std::string(signature), body, secrets)) return rejected("the signature does not match");
  const auto id = only_value(headers, family + "delivery").value_or("");
  const auto name = only_value(headers, family + "event").value_or("");
  if (!is_word(id)) return user_fault(family + "delivery is not a delivery's id");
  if (!is_word(name)) return user_fault(family + "event is not an event's name");
  GREENROOM_TRY(event, event_of(name, body));
  return Verified{std::string(id), std::string(name), event ? meaning_of(*event) : ""};
}

Result<std::optional<model::Event>> GiteaIngress::parse(const model::Delivery& delivery) const {
  GREENROOM_TRY(event, event_of(delivery.event_name, delivery.body));
  if (event) event->trace = delivery.trace;
  return event;
}

}  // namespace greenroom::hosts::gitea
