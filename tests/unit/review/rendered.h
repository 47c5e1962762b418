#pragma once
// Markdown to HTML by cmark-gfm with the extensions that hosts switch on, for tests that look at the structure.

#include <string>
#include <string_view>

namespace greenroom::review {

std::string rendered(std::string_view markdown);          // raw HTML is passed through, as hosts do before sanitising
int count(std::string_view text, std::string_view part);  // not overlapping

}  // namespace greenroom::review
