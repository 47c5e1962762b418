#include "lib/hosts/local/deed.h"

#include "lib/hosts/local/payload.h"
#include "lib/pg/query.h"

namespace greenroom::hosts::local {
namespace {

model::Account account_in(const pg::Row& row, std::string_view id, std::string_view kind) {
  return {row.integer(id), row.text("login"), row.text("display_name"),
          row.text(kind) == "bot" ? model::Account::Kind::bot : model::Account::Kind::person};
}

}  // namespace

Permission permission_named(std::string_view name) {
  if (name == "admin") return Permission::admin;
  if (name == "write") return Permission::write;
  if (name == "triage") return Permission::triage;
  return name == "read" ? Permission::read : Permission::none;
}

bool may_triage(const Actor& actor) { return actor.permission >= Permission::triage; }
bool may_write(const Actor& actor) { return actor.permission >= Permission::write; }

Result<Actor> actor_of(pg::Connection& db, std::int64_t account, std::int64_t repository) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/account"), {account, repository}));
  if (rows.empty()) return not_found("there is no such account");
  return Actor{account_in(rows[0], "id", "kind"), permission_named(rows[0].text("permission"))};
}

std::int64_t Subject::author() const { return change ? change->author.host_account_id : issue->author.host_account_id; }

Result<Subject> subject_of(pg::Connection& db, std::int64_t repository, std::int64_t number) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/item"), {repository, number}));
  if (rows.empty()) return not_found("there is no change or issue " + std::to_string(number) + " here");
  const auto row = rows[0];
  Subject subject;
  subject.kind = row.text("kind") == "issue" ? ItemKind::issue : ItemKind::change;
  subject.open = row.text("state") == "open";
  subject.repository = {"local", repository, row.text("full_name"), row.text("default_branch")};
  const auto author = account_in(row, "author_id", "author_kind");
  if (subject.kind == ItemKind::change) {
    subject.change = model::ChangeFacts{number,
                                        row.text("title"),
                                        row.text("description"),
                                        row.text("head_ref"),
                                        row.text("base_ref"),
                                        row.text("head_sha"),
                                        row.text("base_sha"),
                                        author,
                                        false,
                                        row.boolean("trusted_author")};
    return subject;
  }
  GREENROOM_TRY(labels, db.run(pg::query("practice/labels_of"), {repository, number}));
  subject.issue = model::IssueFacts{number, row.text("title"), row.text("description"), author, {}};
  for (int i = 0; i < labels.size(); ++i) subject.issue->labels.push_back(labels[i].text("label"));
  return subject;
}

Result<TimePoint> lock_repository(pg::Connection& db, std::int64_t repository) {
  GREENROOM_TRY(locked, db.run(pg::query("practice/lock_repository"), {repository}));
  if (locked.empty()) return not_found("there is no such repository");
  GREENROOM_TRY(rows, db.run(pg::query("practice/clock")));
  return rows[0].time("at");
}

model::Event event_about(model::EventKind kind, const Subject& subject, const Actor& actor, TimePoint at) {
  model::Event event;
  event.kind = kind;
  event.repository = subject.repository;
  event.actor = actor.account;
  event.change = subject.change;
  event.issue = subject.issue;
  event.at = at;
  return event;
}

Result<void> put_outbox(pg::Connection& db, const model::Event& event) {
  const auto text = encode(event);
  GREENROOM_CHECK(db.run(pg::query("practice/put_outbox"), {text}));
  if (model::is_about_change(event.kind)) return {};  // pushes are found by their heads
  GREENROOM_CHECK(db.run(pg::query("practice/write_journal"),
                         {event.repository.host_repository_id, model::name_of(event.kind), text}));
  return {};
}

Result<model::Event> tell(pg::Connection& db, const std::function<Result<model::Event>(pg::Connection&)>& body) {
  model::Event told;
  GREENROOM_CHECK(db.transaction([&](pg::Connection& inside) -> Result<void> {
    GREENROOM_TRY(event, body(inside));
    told = std::move(event);
    return put_outbox(inside, told);
  }));
  return told;
}

}  // namespace greenroom::hosts::local
