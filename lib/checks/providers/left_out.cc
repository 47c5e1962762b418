#include "lib/checks/providers/left_out.h"

#include "lib/base/text.h"

namespace greenroom::checks {
namespace {

constexpr std::size_t kMaxLines = 50;

// "https://user:secret@host/path" → "https://host/path"
std::string without_user(std::string_view address) {
  const auto scheme = address.find("://");
  if (scheme == std::string_view::npos) return std::string(address);
  const auto start = scheme + 3;
  const auto end = std::min(address.find_first_of("/?#", start), address.size());
  const auto at = address.substr(0, end).rfind('@');
  if (at == std::string_view::npos || at < start) return std::string(address);
  return std::string(address.substr(0, start)) + std::string(address.substr(at + 1));
}

}  // namespace

void leave_out(std::vector<std::string>& lines, std::string_view lock, std::string_view package, std::string_view kind,
               std::string_view where) {
  if (lines.size() >= kMaxLines) return;
  const std::string place = shorten(escape_bytes(without_user(where)), 80);
  lines.push_back(std::string(lock) + ": " + shorten(escape_bytes(package), 60) + ", from " + std::string(kind) +
                  (place.empty() ? "" : " " + place));
}

}  // namespace greenroom::checks
