#pragma once
// One greeting per person and project, for ever, in the living comment of their first change.

#include "lib/bot/behaviour.h"

namespace greenroom::bot::behaviours {

Behaviour welcome();

}  // namespace greenroom::bot::behaviours
