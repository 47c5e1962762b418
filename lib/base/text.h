#pragma once
// Text that came from outside: split it, trim it, make it valid UTF-8. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace greenroom {

bool is_utf8(std::string_view bytes);            // strict: no surrogates, no overlong forms
std::string scrub_utf8(std::string_view bytes);  // every invalid byte becomes U+FFFD
// For names that people have to find again: every byte that is not UTF-8, and every ASCII control, as "\xff".
std::string escape_bytes(std::string_view bytes);
std::vector<std::string_view> split(std::string_view text, char separator);  // keeps empty parts
// Lines without their '\n'; a final line without '\n' counts. '\r' stays with its line.
std::vector<std::string_view> split_lines(std::string_view text);
std::string_view trim(std::string_view text);  // ASCII white space at both ends
std::string to_lower_ascii(std::string_view text);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
// At most `bytes` bytes, cut at a code point, with "…" when something was cut off.
std::string shorten(std::string_view text, std::size_t bytes);

}  // namespace greenroom
