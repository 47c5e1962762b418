#include "tests/support/fake_github/base64url.h"

#include <algorithm>

#include "lib/base/hash.h"

namespace greenroom::testing::fake {

std::string base64url(std::string_view bytes) {
  std::string text = base64_encode(bytes);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  while (text.ends_with('=')) text.pop_back();
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string plain(text), bytes;
  std::replace(plain.begin(), plain.end(), '-', '+');
  std::replace(plain.begin(), plain.end(), '_', '/');
  while (plain.size() % 4 != 0) plain += '=';
  if (!base64_decode(plain, bytes)) return std::nullopt;
  return bytes;
}

}  // namespace greenroom::testing::fake
