#pragma once
// Characters that change what a reader sees without being seen. Pure.

#include <cstddef>
#include <string>
#include <string_view>

namespace greenroom::review {

// Valid UTF-8 in which every control, zero-width, bidirectional and tag character but '\n' and '\t' is written as
// ‹U+202E›. '\r' before '\n' is dropped, other '\r' are shown.
std::string show_unseen(std::string_view text);

std::size_t longest_run_of_backticks(std::string_view text);

}  // namespace greenroom::review
