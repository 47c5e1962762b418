#pragma once
// Decisions as JSON, for the event's row: what `greenroom explain` shows. Written, never read back.

#include <string>
#include <vector>

#include "lib/bot/behaviour.h"

namespace greenroom::bot {

std::string to_json(const std::vector<Decided>& decided);

}  // namespace greenroom::bot
