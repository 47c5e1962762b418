#pragma once
// The semantic key of a delivery: what it means, whatever its id is. Only signed content goes into it, so that a replay
// under another delivery id has the same key, and the same deed done again later has not.

#include <string>

#include "lib/model/event.h"

namespace greenroom::hosts {

std::string meaning_of(const model::Event& event);

}  // namespace greenroom::hosts
