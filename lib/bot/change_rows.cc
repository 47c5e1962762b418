#include "lib/bot/change_rows.h"

#include "lib/pg/query.h"

namespace greenroom::bot {
namespace {

using model::EventKind;

Result<model::PersonId> person(pg::Connection& db, const std::string& host, const model::Account& account) {
  GREENROOM_TRY(rows, db.run(pg::query("intake/upsert_person"),
                             {host, account.host_account_id, account.login, account.display_name,
                              account.kind == model::Account::Kind::bot}));
  return model::PersonId{rows[0].integer("id")};
}

std::string state_after(EventKind kind) {
  if (kind == EventKind::change_merged) return "merged";
  return kind == EventKind::change_closed ? "closed" : "open";
}

Result<void> upsert_change(pg::Connection& db, const model::Event& event, Subject& subject) {
  const auto& change = *event.change;
  const auto state = state_after(event.kind);
  GREENROOM_TRY(
      rows, db.run(pg::query("intake/upsert_change"),
                   {subject.repository, change.number, *subject.author, change.title, change.head_ref, change.base_ref,
                    change.head_sha, change.base_sha, state, change.draft, change.trusted_author, event.at}));
  subject.change = model::ChangeId{rows[0].integer("id")};
  subject.open = state == "open";
  subject.head_when_said = change.head_sha;
  return {};
}

// A comment says how the change looked when it was written; the row may know a newer head.
void correct(model::ChangeFacts& change, const pg::Row& row) {
  change.head_sha = row.text("head_sha");
  change.base_sha = row.text("base_sha");
  change.draft = row.boolean("draft");
  change.trusted_author = row.boolean("trusted_author");
}

Result<Recorded> record_change(pg::Connection& db, model::Event& event, Recorded recorded) {
  auto& subject = recorded.subject;
  subject.number = event.change->number;
  GREENROOM_TRY(rows, db.run(pg::query("intake/load_change"), {subject.repository, subject.number}));
  const bool known = !rows.empty();
  if (model::is_about_change(event.kind) && !(known && event.at < rows[0].time("seen_at"))) {
    GREENROOM_CHECK(upsert_change(db, event, subject));
    return recorded;
  }
  recorded.stale = model::is_about_change(event.kind);
  if (!known) return recorded;  // gone from the host before it could be described: a comment on nothing
  subject.change = model::ChangeId{rows[0].integer("id")};
  subject.open = rows[0].text("state") == "open";
  // A host whose comments carry no head: what we knew stood there, unless something newer has come since.
  const bool still = rows[0].time("seen_at") <= event.at;
  subject.head_when_said = event.change->head_sha;
  if (subject.head_when_said.empty() && still) subject.head_when_said = rows[0].text("head_sha");
  correct(*event.change, rows[0]);
  return recorded;
}

}  // namespace

Result<Recorded> record(pg::Connection& db, model::Event& event) {
  const auto& repository = event.repository;
  Recorded recorded;
  auto& subject = recorded.subject;
  GREENROOM_TRY(rows, db.run(pg::query("intake/upsert_repository"), {repository.host, repository.host_repository_id,
                                                                     repository.full_name, repository.default_branch}));
  subject.repository = model::RepositoryId{rows[0].integer("id")};
  if (event.actor.host_account_id != 0) {
    GREENROOM_TRY(actor, person(db, repository.host, event.actor));
    subject.actor = actor;
  }
  if (!event.change && !event.issue) return bug("an event about neither a change nor an issue");
  GREENROOM_TRY(author, person(db, repository.host, event.change ? event.change->author : event.issue->author));
  subject.author = author;
  if (event.change) return record_change(db, event, recorded);
  subject.kind = model::Target::Kind::issue;
  subject.number = event.issue->number;
  return recorded;
}

}  // namespace greenroom::bot
