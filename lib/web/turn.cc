#include "lib/web/turn.h"

#include <algorithm>

namespace greenroom::web {

Turn turn_of(const TurnFacts& facts) {
  if (!facts.open) return {Side::nobody, facts.last_push};
  if (facts.checking) return {Side::greenroom, facts.last_push};
  if (facts.open_question) return {Side::project, *facts.open_question};
  const TimePoint answered = facts.last_project_reply.value_or(facts.last_push);
  if (facts.attention) return {Side::author, std::max(facts.last_push, answered)};
  if (facts.waiting) return {Side::project, facts.last_push};
  const TimePoint acted = std::max(facts.last_push, facts.last_author_reply.value_or(facts.last_push));
  return answered > acted ? Turn{Side::author, answered} : Turn{Side::project, acted};
}

}  // namespace greenroom::web
