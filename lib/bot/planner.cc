#include "lib/bot/planner.h"

#include <algorithm>

#include "lib/bot/effect_rows.h"
#include "lib/bot/posted_rows.h"
#include "lib/pg/query.h"
#include "lib/review/review.h"

namespace greenroom::bot {
namespace {

model::Target target_in(const pg::Row& row) {
  return {model::RepositoryId{row.integer("repository_id")}, row.text("host"), row.integer("host_repository_id"),
          model::Target::Kind::change, row.integer("number")};
}

// No check of a head that was left behind stays "running" for ever on the host (I4).
model::Effect end_of(const LeftStatus& left, const model::Target& target, const std::string& newest) {
  model::Effect effect;
  effect.target = target;
  effect.kind = model::EffectKind::set_status;
  effect.key = key_prefix(target) + "status/" + left.status.context + "/" + left.head_sha + "/left";
  effect.head_sha = left.head_sha;
  effect.name = left.status.context;
  effect.value = "neutral";
  effect.description = "Cancelled: superseded by " + newest.substr(0, 7);
  effect.details_path = left.status.details_path;
  return effect;
}

// That the checks run is said in the comment that stands when there is room for it; their states say it anyway.
model::Urgency urgency_of(const model::Effect& effect, const model::WantedReview& wanted) {
  const bool runs = std::ranges::any_of(wanted.statuses, [](const model::WantedStatus& status) {
    return status.state == model::WantedStatus::State::pending;
  });
  const bool may_wait = runs && effect.kind == model::EffectKind::edit_comment;
  return may_wait ? model::Urgency::progress : model::Urgency::review;
}

Result<int> insert_all(pg::Connection& db, const pg::Row& row, const model::WantedReview& wanted) {
  const auto target = target_in(row);
  const model::TraceId trace{row.text("trace_id")};
  GREENROOM_TRY(posted, load_posted(db, target.repository, target.number, wanted.head_sha));
  std::vector<model::Effect> effects;
  for (const auto& left : posted.left) effects.push_back(end_of(left, target, wanted.head_sha));
  for (auto& effect : review::reconcile(wanted, posted.review, target, row.integer("wanted_version"))) {
    effect.plan_head = wanted.head_sha;
    effect.urgency = urgency_of(effect, wanted);
    effects.push_back(std::move(effect));
  }
  int inserted = 0;
  for (const auto& effect : effects) {
    GREENROOM_TRY(outcome, insert_effect(db, trace, effect));
    inserted += outcome == Inserted::yes ? 1 : 0;
  }
  return inserted;
}

// What is left to do is nothing, or only what the host refused before.
Result<void> settle_if_done(pg::Connection& db, const pg::Row& row, int inserted) {
  if (inserted > 0) return {};
  GREENROOM_CHECK(db.run(pg::query("compose/settle"), {row.integer("change_id"), row.integer("wanted_version")}));
  return {};
}

}  // namespace

Result<Step> Planner::plan_one() {
  auto step = Step::nothing;
  GREENROOM_CHECK(pool_.transaction([&](pg::Connection& db) -> Result<void> {
    step = Step::nothing;
    GREENROOM_TRY(rows, db.run(pg::query("compose/claim_unsettled")));
    if (rows.empty()) return {};
    const auto row = rows[0];
    GREENROOM_TRY(wanted, review::wanted_from_json(row.text("wanted")));
    GREENROOM_TRY(head, db.run(pg::query("compose/lock_head"), {row.integer("change_id")}));
    const bool moved = head.empty() || head[0].text("head_sha") != wanted.head_sha;
    if (moved) return {};
    GREENROOM_TRY(inserted, insert_all(db, row, wanted));
    step = Step::did;
    return settle_if_done(db, row, inserted);
  }));
  return step;
}

}  // namespace greenroom::bot
