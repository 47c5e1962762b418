#pragma once
// Base64 for URLs, without padding: RFC 7515, section 2. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace greenroom::testing::fake {

std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace greenroom::testing::fake
