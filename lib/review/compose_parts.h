#pragma once
// The parts of compose(), each Markdown of its own. Pure.

#include <optional>
#include <string>
#include <vector>

#include "lib/review/review.h"

namespace greenroom::review {

std::string compose_summary(const Facts& facts);
// Only for points with inline_now.
model::WantedThread compose_thread(const teaching::Point& point);
std::vector<model::WantedStatus> compose_statuses(const Facts& facts);
// A one-click fix: a ```suggestion block that replaces these whole lines of the head.
struct Suggestion {
  int first = 0, last = 0;
  std::string block;
};
// nullopt where one click would not be safe.
std::optional<Suggestion> suggestion_for(const teaching::Point& point);
// The lesson's fold: why, example, pitfalls, when to ignore.
std::string lesson_fold(const teaching::Lesson& lesson);

}  // namespace greenroom::review
