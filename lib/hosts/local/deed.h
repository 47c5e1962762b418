#pragma once
// Inside of lib/hosts/local: what the deeds of people have in common: who, on what, and the event that tells it.

#include <functional>
#include <optional>

#include "lib/hosts/host.h"
#include "lib/model/event.h"
#include "lib/pg/pg.h"

namespace greenroom::hosts::local {

struct Actor {
  model::Account account;
  Permission permission = Permission::none;
};
// Errors: not_found.
Result<Actor> actor_of(pg::Connection& db, std::int64_t account, std::int64_t repository);
Permission permission_named(std::string_view name);
bool may_triage(const Actor& actor);
bool may_write(const Actor& actor);

enum class ItemKind { change, issue };
struct Subject {
  ItemKind kind = ItemKind::change;
  bool open = true;
  model::RepositoryFacts repository;
  std::optional<model::ChangeFacts> change;
  std::optional<model::IssueFacts> issue;
  std::int64_t author() const;
};
// Errors: not_found.
Result<Subject> subject_of(pg::Connection& db, std::int64_t repository, std::int64_t number);

// The host's time after the repository's row is locked until the transaction ends, so that times follow deeds.
// Errors: not_found.
Result<TimePoint> lock_repository(pg::Connection& db, std::int64_t repository);

model::Event event_about(model::EventKind kind, const Subject& subject, const Actor& actor, TimePoint at);
// Into the outbox, and into the journal that a host is polled by. Under the repository's lock.
Result<void> put_outbox(pg::Connection& db, const model::Event& event);

// One deed: `body` in a transaction, its events into the outbox in the same one.
Result<model::Event> tell(pg::Connection& db, const std::function<Result<model::Event>(pg::Connection&)>& body);

}  // namespace greenroom::hosts::local
