#pragma once
// The list of everything that the bot posts: one kind for each text of lib/review and of lib/bot/behaviours, made by
// the product's own code. kinds_test.cc says when one is missing.

#include <ostream>
#include <string>
#include <vector>

#include "lib/base/secret.h"
#include "lib/teaching/teaching.h"
#include "tests/markdown/words.h"

namespace greenroom::testing {

struct Body {
  std::string markdown;            // without its marker
  std::vector<std::string> codes;  // what has to stand whole in a code block of its own
};

struct Kind {
  std::string name;  // "thread_brief": of its golden files
  std::string slot;
  Body (*make)(const Words& words);
};

inline void PrintTo(const Kind& kind, std::ostream* stream) { *stream << kind.name; }

const std::vector<Kind>& review_kinds();  // the living comment, the notes, the statuses
const std::vector<Kind>& bot_kinds();     // answers, and the living comment's sections
std::vector<Kind> all_kinds();

const teaching::LessonBook& lessons();  // templates/lessons
// A note of this lesson in the diff.
std::string note_of(const teaching::Lesson& lesson, const Words& words);

}  // namespace greenroom::testing
