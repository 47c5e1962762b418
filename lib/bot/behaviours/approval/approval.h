#pragma once
// Says that code of somebody new waits, and takes /ok-to-test: docs/approval.md.

#include "lib/bot/behaviour.h"

namespace greenroom::bot::behaviours {

Behaviour approval();

}  // namespace greenroom::bot::behaviours
