#include "lib/sandbox/exit_status.h"

#include <charconv>

namespace greenroom::sandbox {
namespace {

// bubblewrap writes one flat object a line, numbers only: `{ "child-pid": 42 }`.
std::optional<int> number_of(std::string_view text, std::string_view key) {
  const auto at = text.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + key.size());
  const auto digit = text.find_first_not_of(" :");
  if (digit == std::string_view::npos) return std::nullopt;
  int number = 0;
  const auto result = std::from_chars(text.data() + digit, text.data() + text.size(), number);
  return result.ec == std::errc() ? std::optional(number) : std::nullopt;
}

}  // namespace

ExitStatus parse_exit_status(std::string_view text) {
  return {number_of(text, "\"child-pid\""), number_of(text, "\"exit-code\"")};
}

}  // namespace greenroom::sandbox
