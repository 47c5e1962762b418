#pragma once
// Lesson texts and findings for the teaching tests.

#include <string>

#include "lib/teaching/teaching.h"

namespace greenroom::teaching {

// A lawful lesson; `front` lines replace those of the same key, and are added otherwise.
std::string lesson_text(const std::string& tool, const std::string& code, const std::string& front = "");
// A book of lawful lessons: {"flake8", "F401"} …
LessonBook book_of(const std::vector<std::pair<std::string, std::string>>& name_and_text);
model::Finding finding(const std::string& tool, const std::string& code, const std::string& path, int line);

}  // namespace greenroom::teaching
