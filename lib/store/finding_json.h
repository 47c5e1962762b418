#pragma once
// Findings as JSON: how they travel into the table `finding` in one statement, and a fix as it lies in its column.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/model/finding.h"

namespace greenroom::store {

std::string to_json(const std::vector<model::Finding>& findings);
Result<std::optional<model::Fix>> fix_from_json(std::string_view text);  // "" or "null": none

}  // namespace greenroom::store
