#include "lib/bot/sender.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/bot/posted_rows.h"
#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

using Outcome = Sent::Outcome;

int pause_after(const Claimed& claimed) {  // seconds: 2, 4, 8, … five minutes
  return std::min(300, 1 << std::min(claimed.effect.attempts, 9));
}

}  // namespace

Sender::Sender(pg::Pool& pool, HostSet& hosts, const Settings& settings, const Clock& clock, CrashPoint crash_point,
               WriteGate* gate)
    : pool_(pool),
      hosts_(hosts),
      settings_(settings),
      clock_(clock),
      crash_point_(std::move(crash_point)),
      gate_(gate) {}

Result<Step> Sender::send_one() {
  const auto claimed_at = clock_.steady();
  const auto excluded = gate_ != nullptr ? gate_->closed() : Excluded();
  std::vector<Claimed> group;
  GREENROOM_CHECK(pool_.transaction([&](pg::Connection& db) -> Result<void> {
    GREENROOM_TRY(claimed, claim_effects(db, excluded, kMostTogether));
    group = std::move(claimed);
    return {};
  }));
  if (group.empty()) return Step::nothing;
  crash_point_("after_effect_claim");
  const auto host = hosts_.find(group.front().effect.target.host);
  if (host == hosts_.end()) {
    for (const auto& one : group) GREENROOM_CHECK(end(one, "failed", "the git host is not set up here", false));
    return Step::did;
  }
  const auto may_go_on = [&] { return clock_.steady() - claimed_at <= kSendWithin; };
  if (!may_go_on()) return Step::did;  // this process was stopped meanwhile: another bot may hold the lease
  const auto answers = Sending(pool_, settings_, gate_, crash_point_, may_go_on).send(group, *host->second);
  // The first one last: as soon as it is free, another worker may claim it with whatever is free behind it.
  for (auto i = group.size(); i-- > 0;) GREENROOM_CHECK(settle(group[i], answers[i]));
  return Step::did;
}

Result<void> Sender::settle(const Claimed& claimed, const Result<Sent>& answer) {
  if (!answer) return record_failure(claimed, answer.error());
  switch (answer->outcome) {
    case Outcome::look_again:
      return retry(claimed, State::in_doubt, "not found on the host yet; it is searched once more", claimed.misses + 1);
    case Outcome::superseded:
      return end(claimed, "dropped", "superseded by " + claimed.newest_head.substr(0, 7), false);
    case Outcome::left: return leave(claimed);
    case Outcome::made:
    case Outcome::found: break;
  }
  return record(claimed, *answer);
}

Result<void> Sender::record(const Claimed& claimed, const Sent& sent) {
  auto effect = claimed.effect;
  effect.body = sent.body;
  GREENROOM_CHECK(pool_.transaction([&](pg::Connection& db) -> Result<void> {
    GREENROOM_TRY(rows, db.run(pg::query("effect/done"), {effect.id, effect.attempts, sent.reference}));
    if (rows.empty()) return {};  // the lease went to another bot, which finds what this one made
    GREENROOM_CHECK(record_posted(db, effect, sent.reference, sent.found));
    crash_point_("before_effect_commit");
    return {};
  }));
  crash_point_("after_effect_commit");
  log::info("effect.done", {{"trace", effect.trace.hex}, {"key", effect.key}, {"attempt", effect.attempts}});
  return {};
}

Result<void> Sender::record_failure(const Claimed& claimed, const Error& error) {
  const bool passing = error.kind == ErrorKind::transient || error.kind == ErrorKind::in_doubt;
  if (passing && claimed.effect.attempts < kMaxSends) {
    // An earlier attempt without an answer stays in doubt, also when this one did not even reach the host.
    const bool in_doubt = error.kind == ErrorKind::in_doubt || claimed.may_have_happened;
    return retry(claimed, in_doubt ? State::in_doubt : State::clean, error.describe(), 0);
  }
  log::warn("effect.failed", {{"trace", claimed.effect.trace.hex}, {"key", claimed.effect.key}, {"error", error}});
  const auto kind = claimed.effect.kind;
  const bool was_there = !makes_something(kind) && kind != model::EffectKind::set_status;
  if (error.kind == ErrorKind::not_found && was_there) return end(claimed, "dropped", "gone: " + error.message, true);
  return end(claimed, "failed", error.describe(), false);
}

Result<void> Sender::leave(const Claimed& claimed) {
  GREENROOM_CHECK(pool_.run(pg::query("effect/leave"), {claimed.effect.id, claimed.effect.attempts,
                                                        claimed.may_have_happened ? "in_doubt" : "pending"}));
  return {};
}

Result<void> Sender::retry(const Claimed& claimed, State state, const std::string& error, int misses) {
  const auto& effect = claimed.effect;
  log::info("effect.retry", {{"trace", effect.trace.hex}, {"key", effect.key}, {"error", error}});
  GREENROOM_CHECK(pool_.run(pg::query("effect/retry"),
                            {effect.id, effect.attempts, state == State::in_doubt ? "in_doubt" : "pending", error,
                             pause_after(claimed), misses}));
  return {};
}

Result<void> Sender::end(const Claimed& claimed, std::string_view state, const std::string& error, bool gone) {
  const auto& effect = claimed.effect;
  const bool is_unplaced = effect.kind == model::EffectKind::create_thread && state == "failed";
  return pool_.transaction([&](pg::Connection& db) -> Result<void> {
    // The review's row before the effect's, as the composer takes them.
    if (is_unplaced)
      GREENROOM_CHECK(db.run(pg::query("effect/compose_again"), {effect.target.repository, effect.target.number}));
    GREENROOM_TRY(rows, db.run(pg::query("effect/end"), {effect.id, effect.attempts, state, error}));
    if (rows.empty() || !gone) return {};
    return record_gone(db, effect);
  });
}

}  // namespace greenroom::bot
