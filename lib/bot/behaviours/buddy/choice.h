#pragma once
// Who of the roster is asked next, and the words that say why. Pure.

#include <optional>
#include <string>
#include <vector>

#include "lib/bot/behaviour.h"

namespace greenroom::bot::behaviours {

bool is_away(const model::Buddy& buddy, TimePoint now);
bool is_full(const model::Buddy& buddy);
std::string shown_name(const model::Person& person);    // escaped for Markdown
std::string name_in_html(const model::Person& person);  // escaped for <summary>

// The least loaded of those who are here and have room; of equals, whoever was picked longest ago. Never the author,
// nor anybody in `passed_over`. nullptr: nobody is free.
const model::Buddy* choose(const Context& context, const std::vector<model::PersonId>& passed_over);

// "Ben has room (1 of 2 newcomers), is not away, and knows src/publish."
std::string why(const model::Buddy& buddy);

}  // namespace greenroom::bot::behaviours
