#pragma once
// Looks up what behaviours may know of an event. Inner to lib/bot.

#include "lib/bot/apply.h"
#include "lib/bot/behaviour.h"
#include "lib/bot/subject.h"

namespace greenroom::bot {

Result<Context> load_context(pg::Connection& db, const model::Event& event, const Subject& subject,
                             const Asking& asking, const Settings& settings, TimePoint now);

}  // namespace greenroom::bot
