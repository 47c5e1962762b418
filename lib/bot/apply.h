#pragma once
// event → decisions → jobs, effects, sections, timers. Everything of one event is written on the connection that is
// given, inside the caller's transaction: all of it stands, or nothing.

#include <map>
#include <optional>
#include <vector>

#include "lib/bot/settings.h"
#include "lib/command/command.h"
#include "lib/model/delivery.h"
#include "lib/model/event.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

struct Asking {  // what had to be asked of the host before the transaction
  std::string bot_login;
  std::int64_t bot_account = 0;
  hosts::Permission actor_permission = hosts::Permission::none;
  // Of the change's author and of whoever approved its head, by the host's account id; who is not in it has no rights.
  std::map<std::int64_t, hosts::Permission> permissions;
};

struct Applied {
  std::vector<model::JobId> jobs;  // to be announced after the commit
};

// Commands of the event's comment that count: none of a bot's, and of an edited comment only the new ones.
std::vector<command::Command> commands_of(const model::Event& event, const Asking& asking);

// An event of a change that is older than what was applied already is recorded and decides nothing.
// Errors: those of the database.
Result<Applied> apply(pg::Connection& db, const model::Event& event, std::optional<model::DeliveryId> delivery,
                      const Asking& asking, const Settings& settings, TimePoint now);

}  // namespace greenroom::bot
