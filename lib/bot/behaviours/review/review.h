#pragma once
// Checks on every push; the checks of a superseded head are cancelled. Owns /run and /retest.

#include "lib/bot/behaviour.h"

namespace greenroom::bot::behaviours {

Behaviour review();

}  // namespace greenroom::bot::behaviours
