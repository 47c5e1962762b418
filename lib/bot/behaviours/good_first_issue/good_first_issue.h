#pragma once
// Labels an issue for newcomers and posts the criteria. Owns /good-first-issue and its removal.

#include "lib/bot/behaviour.h"

namespace greenroom::bot::behaviours {

Behaviour good_first_issue();

}  // namespace greenroom::bot::behaviours
