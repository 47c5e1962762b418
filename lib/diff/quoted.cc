#include "lib/diff/quoted.h"

namespace greenroom::diff {
namespace {

std::optional<char> simple_escape(char c) {
  switch (c) {
    case 'a': return '\a';
    case 'b': return '\b';
    case 't': return '\t';
    case 'n': return '\n';
    case 'v': return '\v';
    case 'f': return '\f';
    case 'r': return '\r';
    case '"': return '"';
    case '\\': return '\\';
    default: return std::nullopt;
  }
}

bool is_octal(char c) { return c >= '0' && c <= '7'; }

std::optional<std::string> take_quoted(std::string_view& text) {
  std::string path;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return path;
    }
    if (text[i] != '\\') {
      path += text[i];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    if (const auto simple = simple_escape(text[i])) {
      path += *simple;
    } else if (i + 2 < text.size() && is_octal(text[i]) && is_octal(text[i + 1]) && is_octal(text[i + 2])) {
      path += static_cast<char>((text[i] - '0') * 64 + (text[i + 1] - '0') * 8 + (text[i + 2] - '0'));
      i += 2;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<std::string> without_side(std::string path, char side) {
  if (path.size() < 3 || path[0] != side || path[1] != '/') return std::nullopt;
  return path.substr(2);
}

}  // namespace

std::optional<std::string> take_path(std::string_view& text) {
  if (!text.empty() && text.front() == '"') return take_quoted(text);
  const auto end = text.find('\t');
  std::string path(text.substr(0, end));
  text.remove_prefix(end == std::string_view::npos ? text.size() : end);
  return path;
}

std::optional<PathPair> header_paths(std::string_view text) {
  if (!text.empty() && text.front() == '"') {
    const auto first = take_quoted(text);
    if (!first || text.empty() || text.front() != ' ') return std::nullopt;
    text.remove_prefix(1);
    const auto second = take_path(text);
    auto old_path = without_side(*first, 'a');
    auto new_path = second ? without_side(*second, 'b') : std::nullopt;
    if (!old_path || !new_path) return std::nullopt;
    return PathPair{*old_path, *new_path};
  }
  if (const auto quote = text.find(" \""); quote != std::string_view::npos && text.back() == '"') {
    std::string_view rest = text.substr(quote + 1);
    const auto second = take_quoted(rest);
    auto old_path = without_side(std::string(text.substr(0, quote)), 'a');
    auto new_path = second ? without_side(*second, 'b') : std::nullopt;
    if (!old_path || !new_path) return std::nullopt;
    return PathPair{*old_path, *new_path};
  }
  // Plain: paths may hold spaces, but without a rename both are the same: "a/P b/P" splits exactly in the middle.
  if (text.size() % 2 == 0) return std::nullopt;
  const std::size_t middle = text.size() / 2;
  const auto old_path = without_side(std::string(text.substr(0, middle)), 'a');
  const auto new_path = without_side(std::string(text.substr(middle + 1)), 'b');
  if (text[middle] != ' ' || !old_path || old_path != new_path) return std::nullopt;
  return PathPair{*old_path, *new_path};
}

}  // namespace greenroom::diff
