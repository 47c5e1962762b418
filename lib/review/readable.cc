#include "lib/review/readable.h"

#include <re2/re2.h>

#include "lib/base/text.h"
#include "lib/review/ink.h"

namespace greenroom::review {

// RE2, since std::regex recurses over the text: a line of 100 KB ends the program.
std::string readable(std::string markdown) {
  static const RE2 comment("<!--[^>]*-->"), tag("</?(?:details|summary|sub|b)\\b[^>]*>"), gap("\n{3,}"),
      escaped(R"(\\([!-/:-@\[-`{-~]))");
  RE2::GlobalReplace(&markdown, comment, "");
  RE2::GlobalReplace(&markdown, tag, "");
  std::string out;
  bool code = false;
  for (const auto line : split_lines(markdown)) {
    if (line.starts_with("```")) code = !code;
    std::string shown = printable(line);
    if (!code) RE2::GlobalReplace(&shown, escaped, R"(\1)");
    out += shown + "\n";
  }
  RE2::GlobalReplace(&out, gap, "\n\n");
  return out;
}

}  // namespace greenroom::review
