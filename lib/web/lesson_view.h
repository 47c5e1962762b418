#pragma once
// Inside of lib/web: what was found, as a page teaches it to the one person who tried it. Pure.

#include <string>

#include "lib/teaching/teaching.h"
#include "lib/web/view.h"

namespace greenroom::web {

// Sections POINT, FORMATTER and FAILED, and NO_POINT where there is none of them. Every lesson is told in full: on the
// practice page nothing is remembered.
void fill_lessons(View& view, const teaching::Teaching& teaching);

// "snippet.py:3".
std::string place_of(const model::Diagnostic& diagnostic);

}  // namespace greenroom::web
