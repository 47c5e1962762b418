#pragma once
// One person at a newcomer's side: chosen by load, never while away, and explained. Owns /buddy.

#include "lib/bot/behaviour.h"

namespace greenroom::bot::behaviours {

Behaviour buddy();

}  // namespace greenroom::bot::behaviours
