#pragma once
// Which lines of a comment are the person's own running text, as CommonMark would show it. Inner to lib/command.

#include <string>
#include <string_view>
#include <vector>

namespace greenroom::command {

// The lines of `markdown` that are neither quoted, nor code (fenced, indented, <pre>, or a code span that began on an
// earlier line), nor hidden in an HTML comment. HTML comments inside a line are cut out of it.
std::vector<std::string> visible_lines(std::string_view markdown);

}  // namespace greenroom::command
