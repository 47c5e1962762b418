#include <algorithm>

#include "lib/base/text.h"
#include "lib/review/compose_parts.h"
#include "lib/review/words.h"

namespace greenroom::review {
namespace {

using model::CheckState;
using State = model::WantedStatus::State;

constexpr std::size_t kDescriptionBytes = 140;

// Advice never blocks: only failing tests are a failure, and a fault of ours is nobody's failure.
State state_of(CheckState state) {
  switch (state) {
    case CheckState::queued:
    case CheckState::running:
    case CheckState::waiting: return State::pending;  // neutral would let a host merge it
    case CheckState::passed:
    case CheckState::skipped: return State::success;
    case CheckState::failed: return State::failure;
    default: return State::neutral;
  }
}

State whole_state(const Facts& facts) {
  using Stage = Facts::Stage;
  if (facts.stage == Stage::waiting || facts.stage == Stage::running) return State::pending;
  if (facts.stage != Stage::done) return State::neutral;
  State worst = State::success;
  for (const auto& check : facts.checks) {
    const auto state = state_of(check.state);
    if (state == State::failure) return state;
    if (state != State::success && worst != State::pending) worst = state;
  }
  return facts.teaching.points.empty() || worst == State::pending ? worst : State::neutral;
}

std::string whole_words(const Facts& facts) {
  const auto step = next_step(facts);
  return (step.turn == NextStep::Turn::author ? "Next: " : "") + step.words;
}

model::WantedStatus status(const std::string& context, State state, const std::string& words, const std::string& page) {
  return {context, state, shorten(words, kDescriptionBytes), page};
}

}  // namespace

std::vector<model::WantedStatus> compose_statuses(const Facts& facts) {
  if (facts.stage == Facts::Stage::closed || facts.stage == Facts::Stage::merged) return {};
  const std::string page = facts.job ? "/jobs/" + model::to_string(facts.job) : "";
  std::vector<model::WantedStatus> out{status("greenroom", whole_state(facts), whole_words(facts), page)};
  for (const auto& check : facts.checks) {
    out.push_back(
        status("greenroom/" + check.name, state_of(check.state), result_words(check), page + "#" + check.name));
  }
  return out;
}

}  // namespace greenroom::review
