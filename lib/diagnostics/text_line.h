#pragma once
// "path:12:7: rest", the shape that most tools print. Pure.

#include <cstdint>
#include <optional>
#include <string_view>

namespace greenroom::diagnostics {

struct TextLine {
  std::string_view path, rest;
  std::int64_t line = 0, column = 0, end_line = 0, end_column = 0;  // what is not printed is 0
};

// Understands path:line: rest, path:line:column: rest and path:line:column:end_line:end_column: rest. The first
// ":<digits>" that works ends the path, so a path may hold colons.
std::optional<TextLine> read_text_line(std::string_view line);

}  // namespace greenroom::diagnostics
