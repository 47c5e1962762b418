#pragma once
// Text for a terminal: colours, wrapping, and nothing from outside that could drive it. Pure.

#include <string>
#include <string_view>

#include "lib/review/review.h"

namespace greenroom::review {

class Ink {
 public:
  explicit Ink(Colour colour) : colour_(colour) {}
  std::string bold(std::string_view text) const { return in("1", text); }
  std::string faint(std::string_view text) const { return in("2", text); }
  std::string red(std::string_view text) const { return in("31", text); }
  std::string green(std::string_view text) const { return in("32", text); }
  std::string yellow(std::string_view text) const { return in("33", text); }
  std::string cyan(std::string_view text) const { return in("36", text); }

 private:
  std::string in(std::string_view code, std::string_view text) const;
  Colour colour_;
};

// show_unseen on one line: safe to print.
std::string printable(std::string_view text);
// Words wrapped to `kColumns` columns, every line behind `indent` spaces; paragraphs stay apart. Ends with '\n'.
inline constexpr std::size_t kColumns = 100;
std::string wrapped(std::string_view text, std::size_t indent);
std::size_t columns_of(std::string_view text);  // code points; good enough for alignment
std::string padded(std::string_view text, std::size_t columns);

}  // namespace greenroom::review
