#include "lib/command/visible.h"

#include <algorithm>
#include <array>
#include <optional>

#include "lib/base/text.h"

namespace greenroom::command {
namespace {

struct Fence {
  char mark = '`';
  std::size_t length = 0;
};

// Width of the leading white space; a tab reaches the next multiple of four.
std::size_t indent_of(std::string_view line) {
  std::size_t width = 0;
  for (const char c : line) {
    if (c == ' ')
      ++width;
    else if (c == '\t')
      width += 4 - width % 4;
    else
      break;
  }
  return width;
}

std::string_view without_indent(std::string_view line) {
  const auto start = line.find_first_not_of(" \t");
  return start == std::string_view::npos ? std::string_view() : line.substr(start);
}

// "- ", "* ", "+ ", "3. " in front: a fence or a quote may start inside a list item.
std::string_view without_list_markers(std::string_view line) {
  for (;;) {
    line = without_indent(line);
    const auto digits = line.find_first_not_of("0123456789");
    const bool numbered =
        digits != std::string_view::npos && digits > 0 && digits < 10 && (line[digits] == '.' || line[digits] == ')');
    const std::size_t marker = numbered                                                                  ? digits + 1
                               : (!line.empty() && (line[0] == '-' || line[0] == '*' || line[0] == '+')) ? 1
                                                                                                         : 0;
    if (marker == 0 || marker >= line.size() || (line[marker] != ' ' && line[marker] != '\t')) return line;
    line.remove_prefix(marker);
  }
}

std::size_t run_length(std::string_view text, char mark) {
  const auto end = text.find_first_not_of(mark);
  return end == std::string_view::npos ? text.size() : end;
}

std::optional<Fence> opening_fence(std::string_view line) {
  const auto text = without_list_markers(line);
  for (const char mark : {'`', '~'}) {
    const auto length = run_length(text, mark);
    if (length < 3) continue;
    const bool is_span = mark == '`' && text.find('`', length) != std::string_view::npos;
    if (!is_span) return Fence{mark, length};
  }
  return std::nullopt;
}

bool closes(std::string_view line, const Fence& fence) {
  const auto text = trim(line);
  return run_length(text, fence.mark) >= fence.length && run_length(text, fence.mark) == text.size();
}

// Blocks of raw HTML that show code or somebody else's words.
constexpr std::array<std::string_view, 5> kHiddenElements{"pre", "code", "blockquote", "script", "style"};

// Follows comments, code spans and hidden elements through the running text, line by line.
class Inline {
 public:
  // What of the line is visible; the first character tells whether the line began in the open.
  std::string keep(std::string_view line, bool& began_hidden) {
    began_hidden = in_comment_ || span_ > 0 || !element_.empty();
    std::string kept;
    while (!line.empty()) line.remove_prefix(step(line, kept));
    return kept;
  }
  void end_paragraph() { span_ = 0; }  // a code span never crosses a blank line

 private:
  std::size_t step(std::string_view rest, std::string& kept) {
    if (in_comment_) return skip_to(rest, "-->", [&] { in_comment_ = false; });
    if (!element_.empty()) return skip_to(rest, "</" + element_ + ">", [&] { element_.clear(); });
    if (rest[0] == '`') return backticks(rest, kept);
    if (span_ == 0 && rest.starts_with("<!--")) {
      in_comment_ = true;
      return 4;
    }
    if (span_ == 0 && rest[0] == '<' && enters_element(rest)) return 1;
    kept += rest[0];
    return 1;
  }

  template <class Found>
  static std::size_t skip_to(std::string_view rest, std::string_view end, Found&& found) {
    // Stops at the first match, so that many short comments on one line stay linear.
    const auto lower = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; };
    const auto at = std::search(rest.begin(), rest.end(), end.begin(), end.end(), lower);
    if (at == rest.end()) return rest.size();
    found();
    return static_cast<std::size_t>(at - rest.begin()) + end.size();
  }

  std::size_t backticks(std::string_view rest, std::string& kept) {
    const auto length = run_length(rest, '`');
    if (span_ == 0)
      span_ = length;
    else if (span_ == length)
      span_ = 0;
    kept.append(rest.substr(0, length));
    return length;
  }

  bool enters_element(std::string_view rest) {
    for (const auto name : kHiddenElements) {
      if (!starts_with_ignoring_case(rest.substr(1), name)) continue;
      const char next = rest.size() > name.size() + 1 ? rest[name.size() + 1] : '>';
      if (next != '>' && next != ' ' && next != '\t') continue;
      element_ = name;
      return true;
    }
    return false;
  }

  bool in_comment_ = false;
  std::size_t span_ = 0;  // backticks that opened the current code span; 0: in none
  std::string element_;   // hidden element that we are in; lower case
};

}  // namespace

std::vector<std::string> visible_lines(std::string_view markdown) {
  std::vector<std::string> lines;
  std::optional<Fence> fence;
  Inline state;
  bool in_quote = false;
  for (const auto line : split_lines(markdown)) {
    if (fence) {
      if (closes(line, *fence)) fence.reset();
      continue;
    }
    const bool blank = trim(line).empty();
    if (blank) {
      state.end_paragraph();
      in_quote = false;
      continue;
    }
    if (without_list_markers(line).starts_with('>')) in_quote = true;
    if (in_quote) continue;  // also the lines right below a quote: Markdown shows them inside it
    bool began_hidden = false;
    const auto opened = opening_fence(line);
    if (opened) {
      fence = opened;
      continue;
    }
    const bool indented = indent_of(line) >= 4;
    auto kept = state.keep(line, began_hidden);
    if (!began_hidden && !indented) lines.push_back(std::move(kept));
  }
  return lines;
}

}  // namespace greenroom::command
