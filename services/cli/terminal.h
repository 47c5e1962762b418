#pragma once
// What the terminal can do, and where the program's own texts lie.

#include <string>

#include "lib/base/error.h"
#include "lib/config/config.h"
#include "lib/review/review.h"

namespace greenroom::cli {

// Colours on a terminal, unless NO_COLOR is set.
review::Colour output_colour();

// templates.directory where it exists, else the templates beside the program. Errors: user_fault naming both.
Result<std::string> templates_directory(const config::Config& config);

}  // namespace greenroom::cli
