#include "lib/bot/apply.h"

#include "lib/bot/carry_out.h"
#include "lib/bot/change_rows.h"
#include "lib/bot/context.h"
#include "lib/bot/decision_json.h"
#include "lib/command/question.h"
#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

using model::EventKind;

bool is_of_a_person(const model::Event& event, const Asking& asking) {
  return event.actor.kind == model::Account::Kind::person && event.actor.host_account_id != asking.bot_account;
}

Result<std::int64_t> insert_event(pg::Connection& db, const model::Event& event,
                                  std::optional<model::DeliveryId> delivery, const Subject& subject) {
  const bool on_issue = subject.kind == model::Target::Kind::issue;
  GREENROOM_TRY(rows, db.run(pg::query("intake/insert_event"),
                             {event.trace.hex, delivery, model::name_of(event.kind), subject.repository, subject.change,
                              on_issue ? std::optional(subject.number) : std::nullopt, subject.actor, event.at}));
  return rows[0].integer("id");
}

// What people did in the conversation, for whose turn it is and for what must never be overwritten.
Result<void> record_conversation(pg::Connection& db, const model::Event& event, const Subject& subject,
                                 const Asking& asking) {
  const auto& comment = *event.comment;
  if (event.kind == EventKind::comment_created) {
    GREENROOM_CHECK(
        db.run(pg::query("intake/record_reply"),
               {subject.repository, subject.kind_name(), subject.number, comment.host_comment_id, *subject.actor,
                event.at, comment.thread, command::asks_somebody(comment.body, asking.bot_login),
                asking.actor_permission >= hosts::Permission::triage}));
  }
  if (event.kind == EventKind::comment_edited) {
    GREENROOM_CHECK(
        db.run(pg::query("intake/edit_reply"), {subject.repository, comment.host_comment_id, *subject.actor, event.at,
                                                command::asks_somebody(comment.body, asking.bot_login)}));
  }
  if (comment.thread.empty() || subject.kind != model::Target::Kind::change) return {};
  const pg::Params thread{subject.repository, subject.number, comment.thread};
  if (event.kind == EventKind::comment_created) GREENROOM_CHECK(db.run(pg::query("intake/mark_answered"), thread));
  const bool resolved = event.kind == EventKind::thread_resolved;
  if (!resolved && event.kind != EventKind::thread_unresolved) return {};
  GREENROOM_CHECK(db.run(pg::query("intake/mark_resolved"), {subject.repository, subject.number, comment.thread,
                                                             resolved ? "resolved_by_person" : "open", event.at}));
  return {};
}

// A comment that only talks changes nothing in the review; everything else may.
bool may_change_review(const model::Event& event, const std::vector<Decided>& decided) {
  const bool talks = event.kind == EventKind::comment_created || event.kind == EventKind::comment_edited;
  return !decided.empty() || !talks;
}

}  // namespace

std::vector<command::Command> commands_of(const model::Event& event, const Asking& asking) {
  if (!event.comment || !is_of_a_person(event, asking)) return {};
  if (event.kind == EventKind::comment_created) return command::parse(event.comment->body, asking.bot_login);
  if (event.kind != EventKind::comment_edited) return {};
  return command::parse_new(event.comment->previous_body, event.comment->body, asking.bot_login);
}

Result<Applied> apply(pg::Connection& db, const model::Event& event, std::optional<model::DeliveryId> delivery,
                      const Asking& asking, const Settings& settings, TimePoint now) {
  model::Event known = event;
  GREENROOM_TRY(recorded, record(db, known));
  const auto& subject = recorded.subject;
  GREENROOM_TRY(row, insert_event(db, known, delivery, subject));
  if (recorded.stale) return Applied{};
  const bool a_persons_words = known.comment && subject.actor && is_of_a_person(known, asking);
  if (a_persons_words) GREENROOM_CHECK(record_conversation(db, known, subject, asking));
  GREENROOM_TRY(context, load_context(db, known, subject, asking, settings, now));
  const auto decided = decide_all(known, context);
  GREENROOM_TRY(jobs, carry_out(db, known, row, subject, decided, context));
  GREENROOM_CHECK(db.run(pg::query("intake/set_decisions"), {row, to_json(decided)}));
  if (subject.change && may_change_review(known, decided)) {
    GREENROOM_CHECK(db.run(pg::query("review/touch"), {*subject.change, known.trace.hex}));
  }
  return Applied{std::move(jobs)};
}

}  // namespace greenroom::bot
