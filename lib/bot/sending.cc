#include "lib/bot/sending.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/pg/query.h"
#include "lib/review/review.h"

namespace greenroom::bot {
namespace {

using model::EffectKind;
using Outcome = Sent::Outcome;

bool has_body(EffectKind kind) { return makes_something(kind) || kind == EffectKind::edit_comment; }

bool is_superseded(const Claimed& claimed) {
  const auto& planned = claimed.effect.plan_head;
  return !planned.empty() && !claimed.newest_head.empty() && planned != claimed.newest_head;
}

std::string_view kind_of(const model::Effect& effect) {
  return effect.target.kind == model::Target::Kind::change ? "change" : "issue";
}

}  // namespace

bool makes_something(EffectKind kind) {
  return kind == EffectKind::create_comment || kind == EffectKind::create_thread || kind == EffectKind::reply_thread;
}

std::vector<Result<Sent>> Sending::send(const std::vector<Claimed>& group, hosts::Host& host) {
  std::vector<Attempt> all;
  for (const auto& claimed : group) all.push_back({&claimed, claimed.effect, claimed.effect.body, std::nullopt});
  look(all, host);
  Attempts together, alone;
  for (auto& one : all) {
    if (!one.answer) prepare(one);
    if (one.answer) continue;
    const bool joins = host.goes_together(one.effect) &&
                       (together.empty() || together.front()->effect.head_sha == one.effect.head_sha);
    (joins ? together : alone).push_back(&one);
  }
  write(together, host);
  write_each(alone, host);
  std::vector<Result<Sent>> answers;
  for (auto& one : all) answers.push_back(std::move(*one.answer));
  return answers;
}

// An attempt that follows one without an answer searches the host for its marker first: once for all of them.
void Sending::look(std::vector<Attempt>& all, hosts::Host& host) {
  const auto was_tried = [](const Attempt& one) { return one.effect.attempts > 1 && makes_something(one.effect.kind); };
  Attempts tried;
  for (auto& one : all)
    if (was_tried(one)) tried.push_back(&one);
  if (tried.empty()) return;
  const auto standing = host.standing(all.front().effect.target, settings_.marker_key);
  if (!standing) return failed(tried, standing.error(), host);
  for (auto* attempt : tried) {
    auto& one = *attempt;
    const auto there = std::ranges::find(*standing, one.effect.slot, &hosts::Standing::slot);
    if (there != standing->end()) {
      // What stands may be an older text than the one that is wanted by now: only what is known to stand is believed.
      const auto same = trim(there->body) == trim(review::with_marker(one.body, one.effect.slot, settings_.marker_key));
      one.answer = Sent{Outcome::found, there->host_ref, same ? one.body : there->body, *there};
    } else if (one.claimed->may_have_happened && one.claimed->misses + 1 < kMaxMisses) {
      one.answer = Sent{Outcome::look_again, "", "", std::nullopt};
    }
  }
}

void Sending::prepare(Attempt& attempt) {
  auto& effect = attempt.effect;
  if (is_superseded(*attempt.claimed)) {
    const bool may_stand = effect.kind == EffectKind::set_status && attempt.claimed->may_have_happened;
    if (!may_stand) {
      attempt.answer = Sent{Outcome::superseded, "", "", std::nullopt};
      return;
    }
    effect.value = "neutral";
    effect.description = "Cancelled: superseded by " + attempt.claimed->newest_head.substr(0, 7);
  }
  const auto ready = refresh(attempt);
  if (!ready) {
    attempt.answer = tl::unexpected(ready.error());
    return;
  }
  if (has_body(effect.kind)) effect.body = review::with_marker(attempt.body, effect.slot, settings_.marker_key);
  const bool nothing_stands = effect.kind == EffectKind::delete_comment && effect.host_ref.empty();
  if (nothing_stands) attempt.answer = Sent{};
}

// The living comment says what is wanted when it is written, not what was when it was planned: whatever changed while
// it waited costs no write of its own.
Result<void> Sending::refresh(Attempt& attempt) {
  auto& effect = attempt.effect;
  if (effect.kind == EffectKind::delete_comment && effect.host_ref.empty()) return find_reference(effect);
  const bool is_living = effect.slot == "summary" && !effect.plan_head.empty() && has_body(effect.kind);
  if (!is_living) return {};
  GREENROOM_TRY(rows, pool_.run(pg::query("effect/newest_summary"),
                                {effect.target.repository, effect.target.number, effect.plan_head}));
  if (!rows.empty() && !rows[0].text("summary").empty()) attempt.body = rows[0].text("summary");
  return {};
}

Result<void> Sending::find_reference(model::Effect& effect) {
  GREENROOM_TRY(rows, pool_.run(pg::query("effect/posted_reference"),
                                {effect.target.repository, kind_of(effect), effect.target.number, effect.slot}));
  if (!rows.empty()) effect.host_ref = rows[0].text("host_ref");
  return {};
}

void Sending::write_each(const Attempts& them, hosts::Host& host) {
  for (auto* one : them) write({one}, host);
}

// One that the host refuses is found by halving: the others are made in few writes.
void Sending::write(const Attempts& them, hosts::Host& host) {
  if (them.empty()) return;
  const auto& first = them.front()->effect;
  if (!may_go_on_() || (gate_ != nullptr && !gate_->take(first, host))) {
    for (auto* one : them) one->answer = Sent{Outcome::left, "", "", std::nullopt};
    return;
  }
  if (them.size() == 1) {
    auto reference = host.perform(first);
    return reference ? made(them, {*reference})
                     : failed(them, pass(reference.error(), name_of(first.kind)).value(), host);
  }
  std::vector<model::Effect> effects;
  for (const auto* one : them) effects.push_back(one->effect);
  const auto references = host.perform_together(effects);
  if (references) return made(them, *references);
  if (references.error().kind != ErrorKind::rejected)
    return failed(them, pass(references.error(), "create_thread").value(), host);
  const auto half = them.begin() + static_cast<std::ptrdiff_t>(them.size() / 2);
  write({them.begin(), half}, host);
  write({half, them.end()}, host);
}

void Sending::made(const Attempts& them, const std::vector<std::string>& references) {
  if (gate_ != nullptr) gate_->answered(them.front()->effect.target.host);
  crash_point_("after_host_post_before_record");
  if (makes_something(them.front()->effect.kind)) crash_point_("after_host_create_before_record");
  for (std::size_t i = 0; i < them.size(); ++i)
    them[i]->answer = Sent{Outcome::made, references[i], them[i]->body, std::nullopt};
}

void Sending::failed(const Attempts& them, const Error& error, hosts::Host& host) {
  const bool blameless = gate_ != nullptr && gate_->failed(them.front()->effect, host, error);
  for (auto* one : them) {
    if (blameless)
      one->answer = Sent{Outcome::left, "", "", std::nullopt};
    else
      one->answer = tl::unexpected(error);
  }
}

}  // namespace greenroom::bot
