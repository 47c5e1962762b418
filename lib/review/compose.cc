#include <algorithm>

#include "lib/review/compose_parts.h"
#include "lib/review/words.h"

namespace greenroom::review {
namespace {

using model::CheckState;

bool is_settled(const model::CheckResult& check) {
  switch (check.state) {
    case CheckState::passed:
    case CheckState::attention:
    case CheckState::failed:
    case CheckState::skipped: return true;
    case CheckState::waiting:  // what tests had found is held to be live; an environment finds nothing in the change
      return check.kind == model::CheckKind::test || check.kind == model::CheckKind::environment;
    default: return false;
  }
}

// Whether the absence of a finding means that it is gone.
bool findings_known(const Facts& facts) {
  if (facts.stage != Facts::Stage::done) return false;
  const bool finished = std::all_of(facts.checks.begin(), facts.checks.end(), is_settled);
  return finished && std::none_of(facts.teaching.points.begin(), facts.teaching.points.end(), is_syntax);
}

}  // namespace

model::WantedReview compose(const Facts& facts) {
  model::WantedReview wanted;
  wanted.head_sha = facts.head_sha;
  wanted.summary = compose_summary(facts);
  wanted.statuses = compose_statuses(facts);
  wanted.live_fingerprints = facts.teaching.live;
  wanted.findings_known = findings_known(facts);
  if (facts.stage != Facts::Stage::done) return wanted;
  for (const auto& point : facts.teaching.points) {
    if (point.inline_now) wanted.threads.push_back(compose_thread(point));
  }
  return wanted;
}

}  // namespace greenroom::review
