#include "lib/hosts/gitlab/signature.h"

#include <charconv>
#include <optional>
#include <string>

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/hosts/signature.h"

namespace greenroom::hosts::gitlab {
namespace {

constexpr std::string_view kSigningToken = "whsec_";
constexpr std::chrono::seconds kTolerance{300};

bool is_signing_token(const Secret& secret) { return secret.reveal().starts_with(kSigningToken); }

std::optional<TimePoint> time_of(std::string_view seconds) {
  std::int64_t value = 0;
  const char* end = seconds.data() + seconds.size();
  if (seconds.empty() || seconds.size() > 12 || std::from_chars(seconds.data(), end, value).ptr != end || value < 0)
    return std::nullopt;
  return TimePoint(std::chrono::seconds(value));
}

bool is_signed(std::string_view signatures, const std::string& content, const Secret& secret) {
  std::string key;
  if (!base64_decode(secret.reveal().substr(kSigningToken.size()), key) || key.empty()) return false;
  const auto expected = "v1," + base64_encode(hmac_sha256(Secret(key), content));
  bool matched = false;
  for (const auto one : split(signatures, ' ')) matched = equal_in_constant_time(expected, one) || matched;
  return matched;
}

Result<void> check_signature(const model::Headers& headers, std::string_view signatures, std::string_view body,
                             const std::vector<Secret>& secrets, TimePoint now) {
  const auto id = only_value(headers, "webhook-id"), timestamp = only_value(headers, "webhook-timestamp");
  const auto at = time_of(timestamp.value_or(""));
  if (!id || !at) return rejected("webhook-id or webhook-timestamp is missing, or there twice");
  const auto content = std::string(*id) + "." + std::string(*timestamp) + "." + std::string(body);
  bool matched = false;
  for (const auto& secret : secrets)
    if (is_signing_token(secret)) matched = is_signed(signatures, content, secret) || matched;
  if (!matched) return rejected("the signature does not match");
  if (*at < now - kTolerance || *at > now + kTolerance)
    return rejected("the signature is not of these five minutes: one of the two clocks is wrong, or it is a replay");
  return {};
}

}  // namespace

Result<void> check_sender(const model::Headers& headers, std::string_view body, const std::vector<Secret>& secrets,
                          TimePoint now) {
  const auto token = only_value(headers, "x-gitlab-token");
  bool matched = false;
  for (const auto& secret : secrets) {
    if (secret.empty() || is_signing_token(secret)) continue;
    matched = (token && equal_in_constant_time(secret.reveal(), *token)) || matched;
  }
  if (matched) return {};
  const auto signatures = only_value(headers, "webhook-signature");
  if (signatures) return check_signature(headers, *signatures, body, secrets, now);
  if (token) return rejected("the secret token does not match");
  return rejected("neither a signature nor a secret token is there, or one is there twice");
}

}  // namespace greenroom::hosts::gitlab
