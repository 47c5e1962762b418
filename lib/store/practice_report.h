#pragma once
// What came of a try, as the JSON that lies with it. Of the checks it keeps what the page shows: no logs of linters, no
// times.

#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/model/practice.h"

namespace greenroom::store {

inline constexpr std::size_t kTryFindings = 300;   // kept; the headlines count all
inline constexpr std::size_t kTryLog = 16u << 10;  // bytes kept of what the tests printed, and of a patch

std::string to_json(const model::PracticeReport& report);
// Errors: user_fault, for a text that is no report.
Result<model::PracticeReport> practice_report_from_json(std::string_view text);

}  // namespace greenroom::store
