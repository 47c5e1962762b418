#pragma once
// What every signed webhook needs: one header that stands there once, and an HMAC over the raw bytes. Pure.

#include <optional>
#include <string_view>
#include <vector>

#include "lib/base/secret.h"
#include "lib/model/delivery.h"

namespace greenroom::hosts {

// nullopt when the header is absent or sent twice: two values are an attempt to have it both ways.
std::optional<std::string_view> only_value(const model::Headers& headers, std::string_view name);

// Whether `signature` is "sha256=<hex HMAC-SHA-256 of body>" by one of the secrets. Empty secrets sign nothing. Each
// one is tried, in constant time.
bool is_signed(std::string_view signature, std::string_view body, const std::vector<Secret>& secrets);

}  // namespace greenroom::hosts
