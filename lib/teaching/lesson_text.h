#pragma once
// One lesson file: YAML front matter between "---" lines, then Markdown sections. Pure. Schema: docs/lessons.md.

#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/teaching/teaching.h"

namespace greenroom::teaching {

struct LessonText {
  std::string front;  // YAML
  std::string body;   // Markdown
};

// `name` is the path under templates/lessons, "flake8/F401.md"; it names the file in every error (user_fault).
Result<Lesson> parse_lesson(const std::string& name, std::string_view text);

// The two halves. Errors: user_fault.
Result<LessonText> split_lesson(std::string_view text);
// Fills the fields that the front matter holds. Unknown keys are refused: a slip must not be silent.
Result<void> read_front(const std::string& yaml, Lesson& lesson);
// Fills the sections. Every section but "Pitfalls", "When to ignore" and "Go further" is required.
Result<void> read_body(std::string_view markdown, Lesson& lesson);

}  // namespace greenroom::teaching
