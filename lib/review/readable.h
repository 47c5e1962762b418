#pragma once
// A comment's Markdown for a terminal, which shows it as it was written.

#include <string>

namespace greenroom::review {

// Without the HTML that only a browser folds, without the backslashes that keep a browser from reading marks (code
// keeps its own), and without what would drive the terminal. Takes time in proportion to the text, whatever it is.
std::string readable(std::string markdown);

}  // namespace greenroom::review
