#pragma once
// Effects between their type and their rows. Inner to lib/bot.

#include <string>
#include <vector>

#include "lib/model/effect.h"
#include "lib/pg/pg.h"

namespace greenroom::bot {

// "change/4/12/": repository and number, in front of every key.
std::string key_prefix(const model::Target& target);

enum class Inserted { yes, known };  // known: this key was used before; nothing was written
Result<Inserted> insert_effect(pg::Connection& db, const model::TraceId& trace, const model::Effect& effect);

struct Claimed {
  model::Effect effect;            // attempts counts this one
  bool may_have_happened = false;  // an earlier attempt ended without an answer
  int misses = 0;                  // searches of the host that found nothing
  std::string newest_head;         // of the change now
};

struct Excluded {                  // from a claim
  std::vector<std::string> hosts;  // that are left alone just now
  struct UsedUp {
    model::RepositoryId repository;
    model::Urgency from{};  // this urgency and what is less urgent
  };
  std::vector<UsedUp> used_up;
};
// The next effect, and the new threads right behind it when it is one: at most `most`, of one target. Empty: none may
// go now.
Result<std::vector<Claimed>> claim_effects(pg::Connection& db, const Excluded& excluded, int most);

}  // namespace greenroom::bot
