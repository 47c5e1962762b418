#include "lib/hosts/signature.h"

#include "lib/base/hash.h"

namespace greenroom::hosts {

std::optional<std::string_view> only_value(const model::Headers& headers, std::string_view name) {
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

}  // namespace greenroom::hosts
