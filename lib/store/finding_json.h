#pragma once
// Findings as JSON: how they travel into the table `finding` in one statement, a fix as it lies in its column, and how
// they lie in the report of a try.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/model/finding.h"

namespace greenroom::store {

std::string to_json(const std::vector<model::Finding>& findings);
nlohmann::json findings_value(const std::vector<model::Finding>& findings);
// Errors: user_fault, for words that none of ours wrote.
Result<std::vector<model::Finding>> findings_in(const nlohmann::json& list);
Result<std::optional<model::Fix>> fix_from_json(std::string_view text);  // "" or "null": none

}  // namespace greenroom::store
