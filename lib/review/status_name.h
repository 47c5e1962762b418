#pragma once
// The words for a status's state: in effects, in JSON and towards the hosts' adapters.

#include <optional>
#include <string_view>

#include "lib/model/review.h"

namespace greenroom::review {

std::string_view name_of(model::WantedStatus::State state);  // "pending", "success", "neutral", "failure", "error"
std::optional<model::WantedStatus::State> status_state_named(std::string_view name);

}  // namespace greenroom::review
