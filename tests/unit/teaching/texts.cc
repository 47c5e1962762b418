#include "tests/unit/teaching/texts.h"

#include <gtest/gtest.h>

#include "lib/base/text.h"

namespace greenroom::teaching {

std::string lesson_text(const std::string& tool, const std::string& code, const std::string& front) {
  std::map<std::string, std::string> lines{{"id", "id: " + tool + "/" + code},
                                           {"tool", "tool: " + tool},
                                           {"codes", "codes: [" + code + "]"},
                                           {"title", "title: Title of " + code},
                                           {"kind", "kind: lint"},
                                           {"severity", "severity: actionable"},
                                           {"level", "level: starter"},
                                           {"why_short", "why_short: A reason."}};
  for (const auto line : split_lines(front)) lines[std::string(line.substr(0, line.find(':')))] = line;
  std::string text = "---\n";
  for (const auto& [key, line] : lines) text += line + "\n";
  return text +
         "---\n## Try this\nTry.\n\n## Why\nWhy.\n\n## Example\n```python\nbad = 1\n```\n```python\n## good\n```\n";
}

LessonBook book_of(const std::vector<std::pair<std::string, std::string>>& name_and_text) {
  auto book = LessonBook::from_texts(name_and_text);
  if (!book) {
    ADD_FAILURE() << book.error().describe();
    return {};
  }
  return std::move(*book);
}

model::Finding finding(const std::string& tool, const std::string& code, const std::string& path, int line) {
  model::Finding out;
  out.diagnostic.tool = tool;
  out.diagnostic.code = code;
  out.diagnostic.path = path;
  out.diagnostic.span.line = line;
  out.check = tool;
  out.placement = model::Placement::author_line;
  out.fingerprint = path + ":" + std::to_string(line) + ":" + code;
  return out;
}

}  // namespace greenroom::teaching
