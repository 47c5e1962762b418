#pragma once

#include <string>

namespace greenroom::review {

// Compares with tests/unit/review/golden/<name>.md; GREENROOM_ACCEPT=1 writes it.
void expect_golden(const std::string& name, const std::string& actual);

}  // namespace greenroom::review
