#include "lib/hosts/local/ingress.h"

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/hosts/local/payload.h"

namespace greenroom::hosts::local {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

// nullopt when the header is absent or sent twice: two values are an attempt to have it both ways.
std::optional<std::string_view> only(const model::Headers& headers, std::string_view name) {
  std::optional<std::string_view> found;
  for (const auto& [key, value] : headers) {
    if (key != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

bool is_signed(std::string_view signature, std::string_view body, const std::vector<Secret>& secrets) {
  bool matched = false;
  for (const auto& secret : secrets) {
    if (secret.empty()) continue;  // no secret configured must never mean "anyone"
    const auto expected = "sha256=" + to_hex(hmac_sha256(secret, body));
    matched = equal_in_constant_time(expected, signature) || matched;
  }
  return matched;
}

std::string target_of(const model::Event& event) {
  if (event.change) return "change/" + std::to_string(event.change->number) + "/" + event.change->head_sha;
  return "issue/" + std::to_string(event.issue->number);
}

}  // namespace

std::string meaning_of(const model::Event& event) {
  std::string key(model::name_of(event.kind));
  key += "/" + std::to_string(event.repository.host_repository_id) + "/" + target_of(event);
  if (event.comment) key += "/comment/" + std::to_string(event.comment->host_comment_id);
  if (!event.label.empty()) key += "/label/" + event.label;
  return key + "/" + to_rfc3339(event.at);
}

Result<Verified> LocalIngress::verify(const model::Headers& headers, std::string_view body,
                                      const std::vector<Secret>& secrets) const {
  const auto signature = only(headers, "x-greenroom-signature-256");
  if (!signature) return rejected("the signature is missing, or there twice");
  if (!is_signed(*signature, body, secrets)) return rejected("the signature does not match");
  const auto id = only(headers, "x-greenroom-delivery");
  if (!id || id->size() != 32 || id->find_first_not_of(kHexDigits) != std::string_view::npos) {
    return user_fault("x-greenroom-delivery is not 32 hex digits");
  }
  GREENROOM_TRY(event, decode(body));
  const auto name = std::string(model::name_of(event.kind));
  if (only(headers, "x-greenroom-event").value_or("") != name) {
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
