#pragma once
// A review's facts for tests: the practice project's newcomer branch, as the checks see it.

#include <string>

#include "lib/review/review.h"

namespace greenroom::review {

const teaching::LessonBook& sample_book();
model::Finding finding(const std::string& tool, const std::string& code, const std::string& path, int line,
                       const std::string& message, const std::string& text);
model::CheckResult check(const std::string& name, model::CheckKind kind, model::CheckState state,
                         const std::string& headline);
Facts first_push();  // done: points, a failing test, a formatter, welcome and buddy
Facts clean();       // done: everything passes
// Teaches `findings` into `facts` with the sample book.
void teach_into(Facts& facts, std::vector<model::Finding> findings, const teaching::Options& options = {},
                const model::LessonMemory& memory = {});

}  // namespace greenroom::review
