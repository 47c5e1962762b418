// Text from outside (titles, names, paths, tool messages, code) made inert for every host's Markdown: CommonMark
// punctuation is escaped, and a zero-width space splits what hosts look for after Markdown is done (mentions,
// references, addresses), because a backslash does not survive until then.

#include <algorithm>

#include "lib/base/text.h"
#include "lib/review/review.h"
#include "lib/review/unseen.h"

namespace greenroom::review {
namespace {

constexpr std::string_view kSplit = "\xE2\x80\x8B";  // U+200B
constexpr std::size_t kNameBytes = 80;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

std::string one_line(std::string_view text) {
  std::string out(trim(text));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return out;
}

// What hosts turn into links or pings by looking at the character alone.
bool starts_reference(char c) {
  return c == '@' || c == '#' || c == '!' || c == '$' || c == '%' || c == '&' || c == '~';
}

bool needs_backslash(char c) { return std::string_view("\\`*_{}[]<>()#!|~&^$").find(c) != std::string_view::npos; }

// "PROJ-12", "AB1-3": a key of another tracker. "GH-12": one of GitHub's own, which may be written small.
bool splits_tracker_key(std::string_view text, std::size_t i) {
  if (text[i] != '-' || i < 2 || i + 1 >= text.size() || !is_digit(text[i + 1])) return false;
  if (to_lower_ascii(text.substr(i - 2, 2)) == "gh") return true;
  std::size_t first = i;
  while (first > 0 && (is_upper(text[first - 1]) || is_digit(text[first - 1]))) --first;
  return i - first >= 2 && is_upper(text[first]);
}

// "http://", "ftp://", "mailto:x", "www.x".
bool splits_address(std::string_view text, std::size_t i) {
  if (text[i] == ':') return i + 1 < text.size() && text[i + 1] != ' ';
  return text[i] == '.' && i >= 3 && to_lower_ascii(text.substr(i - 3, 3)) == "www";
}

// At the start of a line these make a list, a heading, a rule or a host's command.
bool opens_block(char c) { return c == '-' || c == '+' || c == '/' || c == '=' || c == ':'; }

enum class Markup { markdown, html };

std::string entity_of(char c) {
  if (c == '&') return "&amp;";
  if (c == '<') return "&lt;";
  return c == '>' ? "&gt;" : std::string(1, c);
}

std::string inert(std::string_view text, Markup markup) {
  const std::string line = one_line(show_unseen(one_line(text)));
  const bool markdown = markup == Markup::markdown;
  std::string out;
  out.reserve(line.size() + line.size() / 4);
  std::size_t hex_run = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    // Hosts link seven or more hexadecimal digits as a commit.
    const bool splits_commit = is_hex(c) && hex_run > 0 && hex_run % 6 == 0;
    hex_run = is_hex(c) ? hex_run + 1 : 0;
    const bool first = i == 0;
    // "1." and "1)" open a numbered list.
    const bool numbers =
        c == '.' && i > 0 && i <= 9 && std::all_of(line.begin(), line.begin() + static_cast<long>(i), is_digit);
    if (splits_tracker_key(line, i) || splits_commit || (c == '.' && splits_address(line, i))) out += kSplit;
    if (markdown && (needs_backslash(c) || numbers || (first && opens_block(c)))) out += '\\';
    out += markdown ? std::string(1, c) : entity_of(c);
    if (starts_reference(c) || (c == ':' && splits_address(line, i))) out += kSplit;
  }
  return out;
}

}  // namespace

std::string plain(std::string_view text) { return inert(text, Markup::markdown); }
std::string html_text(std::string_view text) { return inert(text, Markup::html); }

std::string name_in_markdown(std::string_view name) { return plain(shorten(show_unseen(name), kNameBytes)); }
std::string name_in_html(std::string_view name) { return html_text(shorten(show_unseen(name), kNameBytes)); }

std::string code_span(std::string_view text) {
  const std::string line = one_line(show_unseen(one_line(text)));
  if (line.empty()) return "` `";
  const std::string ticks(longest_run_of_backticks(line) + 1, '`');
  const bool pad = line.front() == '`' || line.back() == '`';
  return ticks + (pad ? " " : "") + line + (pad ? " " : "") + ticks;
}

std::string fence(std::string_view language, std::string_view code) {
  const std::string shown = show_unseen(code);
  const std::string ticks(std::max<std::size_t>(3, longest_run_of_backticks(shown) + 1), '`');
  std::string out = ticks + std::string(language) + "\n" + shown;
  if (!shown.empty() && shown.back() != '\n') out += '\n';
  return out + ticks;
}

}  // namespace greenroom::review
