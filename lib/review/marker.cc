// "<!-- greenroom SLOT HMAC -->". The slot is percent-encoded so that it can never end the HTML comment.

#include <cctype>

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/review/review.h"

namespace greenroom::review {
namespace {

constexpr std::string_view kOpen = "<!-- greenroom ";
constexpr std::string_view kClose = " -->";

std::string encode(std::string_view slot) {
  std::string out;
  for (const char c : slot) {
    const bool safe = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '_' || c == '.';
    out += safe ? std::string(1, c) : "%" + to_hex(std::string_view(&c, 1));
  }
  return out;
}

std::optional<std::string> decode(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (text[0] != '%') {
      out += text[0];
      text.remove_prefix(1);
      continue;
    }
    std::string byte;
    if (text.size() < 3 || !from_hex(text.substr(1, 2), byte)) return std::nullopt;
    out += byte;
    text.remove_prefix(3);
  }
  return out;
}

std::string signature(std::string_view slot, const Secret& key) {
  return to_hex(hmac_sha256(key, "greenroom marker\n" + std::string(slot)));
}

}  // namespace

std::string marker(std::string_view slot, const Secret& key) {
  return std::string(kOpen) + encode(slot) + " " + signature(slot, key) + std::string(kClose);
}

std::string with_marker(std::string_view body, std::string_view slot, const Secret& key) {
  return std::string(trim(body)) + "\n\n" + marker(slot, key) + "\n";
}

std::optional<std::string> find_marker(std::string_view body, const Secret& key) {
  body = trim(body);
  std::string_view line = trim(body.substr(body.rfind('\n') + 1));  // npos + 1 == 0: the only line
  // The opening ends and the closing begins with a space: they must not share one.
  if (line.size() < kOpen.size() + kClose.size() || !line.starts_with(kOpen) || !line.ends_with(kClose))
    return std::nullopt;
  line.remove_prefix(kOpen.size());
  line.remove_suffix(kClose.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto slot = decode(line.substr(0, space));
  if (!slot || !equal_in_constant_time(signature(*slot, key), line.substr(space + 1))) return std::nullopt;
  return slot;
}

}  // namespace greenroom::review
