#pragma once
// The words that columns use for enumerators, both ways. The columns' CHECKs list the same words.

#include <string_view>

#include "lib/model/check.h"
#include "lib/model/finding.h"

namespace greenroom::store {

std::string_view name_of(model::Severity severity);
std::string_view name_of(model::Placement placement);
// A word that is not in the list is a bug of ours and throws std::logic_error.
model::Severity severity_named(std::string_view word);
model::Placement placement_named(std::string_view word);
model::CheckKind check_kind_named(std::string_view word);
model::CheckState check_state_named(std::string_view word);
model::Limit limit_named(std::string_view word);

}  // namespace greenroom::store
