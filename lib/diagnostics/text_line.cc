#include "lib/diagnostics/text_line.h"

#include <array>
#include <charconv>

namespace greenroom::diagnostics {
namespace {

// Takes "12:" from the front.
bool take_number(std::string_view& text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data() + text.size() || *end != ':' || number < 0) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return true;
}

}  // namespace

std::optional<TextLine> read_text_line(std::string_view line) {
  for (auto colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
    std::string_view rest = line.substr(colon + 1);
    std::array<std::int64_t, 4> numbers{};
    std::size_t count = 0;
    while (count < numbers.size() && take_number(rest, numbers[count])) ++count;
    if (colon == 0 || count == 0 || rest.empty() || rest.front() != ' ') continue;
    return TextLine{line.substr(0, colon), rest.substr(1), numbers[0], numbers[1], numbers[2], numbers[3]};
  }
  return std::nullopt;
}

}  // namespace greenroom::diagnostics
