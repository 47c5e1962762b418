#include "lib/review/ink.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/review/unseen.h"

namespace greenroom::review {
namespace {

std::vector<std::string_view> words_of(std::string_view paragraph) {
  std::vector<std::string_view> words;
  while (!(paragraph = trim(paragraph)).empty()) {
    const auto end = std::min(paragraph.find_first_of(" \t\n"), paragraph.size());
    words.push_back(paragraph.substr(0, end));
    paragraph.remove_prefix(end);
  }
  return words;
}

std::string wrapped_paragraph(std::string_view paragraph, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string out, line;
  for (const auto word : words_of(paragraph)) {
    if (!line.empty() && indent + columns_of(line) + 1 + columns_of(word) > kColumns) {
      out += margin + line + "\n";
      line.clear();
    }
    line.append(line.empty() ? "" : " ").append(word);
  }
  return line.empty() ? out : out + margin + line + "\n";
}

}  // namespace

std::string Ink::in(std::string_view code, std::string_view text) const {
  if (colour_ == Colour::no) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string printable(std::string_view text) {
  std::string out = show_unseen(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return out;
}

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

std::string padded(std::string_view text, std::size_t columns) {
  const auto have = columns_of(text);
  return std::string(text) + std::string(columns > have ? columns - have : 0, ' ');
}

std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  const std::string shown = show_unseen(text);
  std::string_view rest = shown;
  while (!rest.empty()) {
    const auto end = rest.find("\n\n");
    const auto paragraph = wrapped_paragraph(rest.substr(0, end), indent);
    if (!paragraph.empty()) out += (out.empty() ? "" : "\n") + paragraph;
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 2);
  }
  return out;
}

}  // namespace greenroom::review
