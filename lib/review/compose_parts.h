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
// A ```suggestion block for the anchor line; empty where one click would not be safe.
std::string suggestion_block(const teaching::Point& point);
// The lesson's fold: why, example, pitfalls, when to ignore.
std::string lesson_fold(const teaching::Lesson& lesson);

}  // namespace greenroom::review
