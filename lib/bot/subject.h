#pragma once
// What one event is about, as rows of ours.

#include <optional>
#include <string>

#include "lib/model/effect.h"
#include "lib/model/event.h"
#include "lib/model/ids.h"

namespace greenroom::bot {

struct Subject {
  model::RepositoryId repository;
  std::optional<model::ChangeId> change;
  std::optional<model::PersonId> author;
  std::optional<model::PersonId> actor;
  std::string head_when_said;  // the change's head at the event's own time; empty: nobody knows
  bool open = true;            // the change's state after the event
  model::Target::Kind kind = model::Target::Kind::change;
  std::int64_t number = 0;  // of the change or issue
  std::string_view kind_name() const { return kind == model::Target::Kind::change ? "change" : "issue"; }
};

}  // namespace greenroom::bot
