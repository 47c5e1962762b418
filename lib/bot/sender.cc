#include "lib/bot/sender.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/bot/posted_rows.h"
#include "lib/pg/query.h"
#include "lib/review/review.h"

namespace greenroom::bot {
namespace {

using model::EffectKind;

bool makes_something(EffectKind kind) {
  return kind == EffectKind::create_comment || kind == EffectKind::create_thread || kind == EffectKind::reply_thread;
}
bool has_body(EffectKind kind) { return makes_something(kind) || kind == EffectKind::edit_comment; }

bool is_superseded(const Claimed& claimed) {
  const auto& planned = claimed.effect.plan_head;
  return !planned.empty() && !claimed.newest_head.empty() && planned != claimed.newest_head;
}

int pause_after(const Claimed& claimed) {  // seconds: 2, 4, 8, … five minutes
  return std::min(300, 1 << std::min(claimed.effect.attempts, 9));
}

std::string_view kind_of(const model::Effect& effect) {
  return effect.target.kind == model::Target::Kind::change ? "change" : "issue";
}

}  // namespace

Sender::Sender(pg::Pool& pool, HostSet& hosts, const Settings& settings, const Clock& clock, CrashPoint crash_point)
    : pool_(pool), hosts_(hosts), settings_(settings), clock_(clock), crash_point_(std::move(crash_point)) {}

Result<Step> Sender::send_one() {
  const auto claimed_at = clock_.steady();
  auto claimed = pool_.with<std::optional<Claimed>>([](pg::Connection& db) { return claim_effect(db); });
  if (!claimed) return pass(claimed.error(), "claim effect");
  if (!*claimed) return Step::nothing;
  crash_point_("after_effect_claim");
  const auto host = hosts_.find((*claimed)->effect.target.host);
  if (host == hosts_.end()) {
    GREENROOM_CHECK(end(**claimed, "failed", "the git host is not set up here", false));
    return Step::did;
  }
  Claimed attempt = **claimed;
  const bool too_late = clock_.steady() - claimed_at > kSendWithin;
  if (too_late) return Step::did;  // this process was stopped meanwhile: another bot may hold the lease
  const auto sent = send(attempt, *host->second);
  GREENROOM_CHECK(sent ? record(**claimed, *sent) : record_failure(**claimed, sent.error()));
  return Step::did;
}

Result<Sender::Sent> Sender::send(Claimed& claimed, hosts::Host& host) {
  auto& effect = claimed.effect;
  if (effect.attempts > 1 && makes_something(effect.kind)) {
    GREENROOM_TRY(found, search(claimed, host));
    if (found) return Sent{Outcome::found, found->host_ref, found};
    const bool look_again = claimed.may_have_happened && claimed.misses + 1 < kMaxMisses;
    if (look_again) return Sent{Outcome::look_again, "", std::nullopt};
  }
  if (is_superseded(claimed)) {
    const bool may_stand = effect.kind == EffectKind::set_status && claimed.may_have_happened;
    if (!may_stand) return Sent{Outcome::superseded, "", std::nullopt};
    effect.value = "neutral";
    effect.description = "Cancelled: superseded by " + claimed.newest_head.substr(0, 7);
  }
  GREENROOM_CHECK(prepare(effect));
  const bool nothing_stands = effect.kind == EffectKind::delete_comment && effect.host_ref.empty();
  if (nothing_stands) return Sent{};
  auto reference = host.perform(effect);
  if (!reference) return pass(reference.error(), model::name_of(effect.kind));
  crash_point_("after_host_post_before_record");
  if (makes_something(effect.kind)) crash_point_("after_host_create_before_record");
  return Sent{Outcome::made, *reference, std::nullopt};
}

Result<std::optional<hosts::Standing>> Sender::search(const Claimed& claimed, hosts::Host& host) {
  GREENROOM_TRY(standing, host.standing(claimed.effect.target, settings_.marker_key));
  for (const auto& one : standing) {
    if (one.slot == claimed.effect.slot) return std::optional(one);
  }
  return std::optional<hosts::Standing>();
}

Result<void> Sender::prepare(model::Effect& effect) {
  if (has_body(effect.kind)) effect.body = review::with_marker(effect.body, effect.slot, settings_.marker_key);
  if (effect.kind != EffectKind::delete_comment || !effect.host_ref.empty()) return {};
  GREENROOM_TRY(rows, pool_.run(pg::query("effect/posted_reference"),
                                {effect.target.repository, kind_of(effect), effect.target.number, effect.slot}));
  if (!rows.empty()) effect.host_ref = rows[0].text("host_ref");
  return {};
}

Result<void> Sender::record(const Claimed& claimed, const Sent& sent) {
  if (sent.outcome == Outcome::look_again) {
    return retry(claimed, State::in_doubt, "not found on the host yet; it is searched once more", claimed.misses + 1);
  }
  if (sent.outcome == Outcome::superseded)
    return end(claimed, "dropped", "superseded by " + claimed.newest_head.substr(0, 7), false);
  const auto& effect = claimed.effect;
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
  const bool was_there = !makes_something(kind) && kind != EffectKind::set_status;
  if (error.kind == ErrorKind::not_found && was_there) return end(claimed, "dropped", "gone: " + error.message, true);
  return end(claimed, "failed", error.describe(), false);
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
  return pool_.transaction([&](pg::Connection& db) -> Result<void> {
    GREENROOM_TRY(rows, db.run(pg::query("effect/end"), {effect.id, effect.attempts, state, error}));
    if (rows.empty() || !gone) return {};
    return record_gone(db, effect);
  });
}

}  // namespace greenroom::bot
