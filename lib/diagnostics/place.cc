// Paths and columns: the two parts of a tool's output that decide where a comment would stand.

#include <algorithm>

#include "lib/base/text.h"
#include "lib/diagnostics/parser.h"

namespace greenroom::diagnostics {
namespace {

// Length of the UTF-8 sequence that begins with `lead`; 1 for bytes that begin none.
std::size_t sequence_length(unsigned char lead) {
  if (lead >= 0xf0 && lead < 0xf8) return 4;
  if (lead >= 0xe0) return lead < 0xf0 ? 3 : 1;
  return lead >= 0xc2 && lead < 0xe0 ? 2 : 1;
}

}  // namespace

std::string repository_path(std::string_view path, std::string_view root) {
  if (!root.empty() && path.starts_with(root)) path.remove_prefix(root.size());
  while (path.starts_with("./")) path.remove_prefix(2);
  if (path.empty() || path.front() == '/' || path.size() > 4096 || path.find('\0') != std::string_view::npos) return "";
  for (const std::string_view segment : split(path, '/'))
    if (segment.empty() || segment == "." || segment == "..") return "";
  return std::string(path);
}

std::string_view line_of(std::string_view text, int line) {
  for (int at = 1; line >= 1; ++at) {
    const auto end = text.find('\n');
    if (at == line) {
      text = text.substr(0, end);
      if (text.ends_with('\r')) text.remove_suffix(1);
      return text;
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return "";
}

int to_byte_column(std::string_view line, int column, ColumnUnit unit) {
  if (column <= 0 || unit == ColumnUnit::none) return 0;
  const int last = static_cast<int>(std::min<std::size_t>(line.size(), 1'000'000)) + 1;
  if (unit == ColumnUnit::bytes) return std::min(column, last);
  std::size_t byte = 0;
  for (int left = column - 1; left > 0 && byte < line.size();) {
    const std::size_t length = std::min(sequence_length(static_cast<unsigned char>(line[byte])), line.size() - byte);
    left -= unit == ColumnUnit::utf16 && length == 4 ? 2 : 1;
    byte += length;
  }
  return std::min(static_cast<int>(byte) + 1, last);
}

}  // namespace greenroom::diagnostics
