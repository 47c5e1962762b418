#include "lib/bot/timers.h"

#include "lib/base/hash.h"
#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

// nullopt: the change is gone. Only changes have timers today.
Result<std::optional<model::Event>> event_for(pg::Connection& db, const pg::Row& timer, TimePoint now) {
  GREENROOM_TRY(
      rows, db.run(pg::query("intake/change_for_timer"), {timer.integer("repository_id"), timer.integer("number")}));
  if (rows.empty()) return std::optional<model::Event>();
  const auto row = rows[0];
  const auto kind = row.boolean("is_bot") ? model::Account::Kind::bot : model::Account::Kind::person;
  const model::Account author{row.integer("host_account_id"), row.text("login"), row.text("display_name"), kind};
  model::Event event;
  event.trace.hex = random_hex(16);
  event.kind = model::EventKind::timer_due;
  event.timer = timer.text("name");
  event.at = now;
  event.repository = {row.text("host"), row.integer("host_repository_id"), row.text("full_name"),
                      row.text("default_branch")};
  event.change = model::ChangeFacts{
      timer.integer("number"), row.text("title"),    "",     row.text("head_ref"), row.text("base_ref"),
      row.text("head_sha"),    row.text("base_sha"), author, row.boolean("draft"), row.boolean("trusted_author")};
  return std::optional(std::move(event));
}

}  // namespace

Result<Step> Timers::take_one() {
  auto step = Step::nothing;
  GREENROOM_CHECK(pool_.transaction([&](pg::Connection& db) -> Result<void> {
    step = Step::nothing;
    GREENROOM_TRY(rows, db.run(pg::query("intake/take_due_timer"), {clock_.now()}));
    if (rows.empty()) return {};
    step = Step::did;
    if (rows[0].text("target_kind") != "change") return {};
    GREENROOM_TRY(event, event_for(db, rows[0], clock_.now()));
    if (!event) return {};
    GREENROOM_CHECK(apply(db, *event, std::nullopt, Asking{}, settings_, clock_.now()));
    return {};
  }));
  return step;
}

}  // namespace greenroom::bot
