#include "lib/web/turn.h"

#include <algorithm>

namespace greenroom::web {

Turn turn_of(const TurnFacts& facts) {
  if (!facts.open) return {Side::nobody, facts.last_push};
  if (facts.checking) return {Side::greenroom, facts.last_push};
  const TimePoint author_acted = std::max(facts.last_push, facts.last_author_reply.value_or(facts.last_push));
  const bool project_answered = facts.last_project_reply && *facts.last_project_reply > author_acted;
  if (project_answered) return {Side::author, *facts.last_project_reply};
  // A question asked after the push goes before what the checks found.
  const bool author_asked = facts.last_author_reply && *facts.last_author_reply > facts.last_push;
  if (facts.attention && !author_asked) return {Side::author, facts.last_push};
  return {Side::project, author_acted};
}

}  // namespace greenroom::web
