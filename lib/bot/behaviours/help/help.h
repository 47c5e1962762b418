#pragma once
// Answers /help, and a command that was mistyped.

#include "lib/bot/behaviour.h"

namespace greenroom::bot::behaviours {

Behaviour help();

}  // namespace greenroom::bot::behaviours
