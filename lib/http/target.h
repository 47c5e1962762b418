#pragma once
// A request's target, taken apart. Pure; the input is hostile.

#include <string>
#include <string_view>

#include "lib/base/error.h"

namespace greenroom::http {

struct Target {
  std::string path;   // percent-decoded, begins with '/', no NUL, no "." or ".." segment
  std::string query;  // raw
};

// Errors: user_fault with one line that says what is wrong.
Result<Target> parse_target(std::string_view target);

// The first value of `name` in "a=1&b=2", decoded ('+' is a space); "" when absent or badly encoded.
std::string form_value(std::string_view encoded, std::string_view name);

}  // namespace greenroom::http
