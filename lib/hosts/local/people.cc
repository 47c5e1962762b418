// What people do on the practice host's pages: comments, threads, issues, labels.

#include "lib/base/text.h"
#include "lib/hosts/local/deed.h"
#include "lib/hosts/local/practice.h"
#include "lib/pg/query.h"

namespace greenroom::hosts::local {
namespace {

using model::CommentFacts;
using model::EventKind;

Result<std::string> fit_text(std::string_view text, std::string_view what, std::size_t limit) {
  if (trim(text).empty()) return user_fault(std::string(what) + " is empty; write something first");
  if (text.size() > limit) {
    return user_fault(std::string(what) + " is longer than " + std::to_string(limit) +
                      " bytes; shorten it or send it in parts");
  }
  if (!is_utf8(text) || text.find('\0') != std::string_view::npos)
    return user_fault(std::string(what) + " is not plain UTF-8 text");
  return std::string(text);
}

CommentFacts comment_facts(const Subject& subject, std::int64_t id, std::string_view body,
                           std::optional<std::int64_t> thread) {
  const auto place = subject.kind == ItemKind::issue ? CommentFacts::Place::issue : CommentFacts::Place::change;
  return {id, std::string(body), "", place, thread ? std::to_string(*thread) : std::string()};
}

Result<Subject> issue_for(pg::Connection& db, std::int64_t repository, std::int64_t number) {
  GREENROOM_TRY(subject, subject_of(db, repository, number));
  if (!subject.issue) return user_fault("that is a change, not an issue");
  return subject;
}

}  // namespace

Result<model::Event> write_comment(pg::Connection& db, std::int64_t repository, std::int64_t number,
                                   std::int64_t author, std::string_view body, std::optional<std::int64_t> thread) {
  GREENROOM_TRY(text, fit_text(body, "the comment", kCommentLimit));
  return tell(db, [&](pg::Connection& inside) -> Result<model::Event> {
    GREENROOM_TRY(at, lock_repository(inside, repository));
    GREENROOM_TRY(actor, actor_of(inside, author, repository));
    GREENROOM_TRY(subject, subject_of(inside, repository, number));
    GREENROOM_TRY(rows, inside.run(pg::query("practice/write_comment"), {repository, number, author, text, thread}));
    if (rows.empty()) return not_found("there is no such thread here");
    auto event = event_about(EventKind::comment_created, subject, actor, at);
    event.comment = comment_facts(subject, rows[0].integer("id"), text, thread);
    return event;
  });
}

Result<model::Event> resolve_thread(pg::Connection& db, std::int64_t repository, std::int64_t number,
                                    std::int64_t thread, std::int64_t account, bool resolved) {
  return tell(db, [&](pg::Connection& inside) -> Result<model::Event> {
    GREENROOM_TRY(rows, inside.run(pg::query("practice/thread"), {repository, number, thread}));
    if (rows.empty()) return not_found("there is no such thread here");
    GREENROOM_TRY(at, lock_repository(inside, repository));
    GREENROOM_TRY(actor, actor_of(inside, account, repository));
    if (!may_triage(actor) && rows[0].integer("author_id") != account) {
      return rejected("only the change's author and its reviewers settle a thread");
    }
    if (rows[0].boolean("resolved") == resolved)
      return user_fault(resolved ? "it is resolved already" : "it is open already");
    std::optional<std::int64_t> by;
    if (resolved) by = account;
    GREENROOM_TRY(done, inside.run(pg::query("practice/resolve_thread"), {thread, by}));
    GREENROOM_TRY(subject, subject_of(inside, repository, number));
    auto event = event_about(resolved ? EventKind::thread_resolved : EventKind::thread_unresolved, subject, actor, at);
    event.comment = comment_facts(subject, rows[0].integer("first_comment"), "", thread);
    return event;
  });
}

Result<model::Event> open_issue(pg::Connection& db, std::int64_t repository, std::int64_t author,
                                std::string_view title, std::string_view description) {
  GREENROOM_TRY(name, fit_text(trim(title), "the title", kTitleLimit));
  if (name.find_first_of("\r\n") != std::string::npos) return user_fault("the title is one line");
  if (description.size() > kCommentLimit || !is_utf8(description) || description.find('\0') != std::string_view::npos) {
    return user_fault("the description is UTF-8 text of at most 65536 bytes");
  }
  return tell(db, [&](pg::Connection& inside) -> Result<model::Event> {
    GREENROOM_TRY(at, lock_repository(inside, repository));
    GREENROOM_TRY(actor, actor_of(inside, author, repository));
    GREENROOM_TRY(rows, inside.run(pg::query("practice/open_issue"), {repository, author, name, description, at}));
    GREENROOM_TRY(subject, subject_of(inside, repository, rows[0].integer("number")));
    return event_about(EventKind::issue_opened, subject, actor, at);
  });
}

Result<model::Event> set_label(pg::Connection& db, std::int64_t repository, std::int64_t number, std::int64_t account,
                               std::string_view label, bool present) {
  GREENROOM_TRY(name, fit_text(trim(label), "the label", kLabelLimit));
  if (name.find_first_of("\r\n") != std::string::npos) return user_fault("a label is one line");
  return tell(db, [&](pg::Connection& inside) -> Result<model::Event> {
    GREENROOM_TRY(at, lock_repository(inside, repository));
    GREENROOM_TRY(actor, actor_of(inside, account, repository));
    if (!may_triage(actor)) return rejected("labels are set by whoever triages this project");
    GREENROOM_TRY(before, issue_for(inside, repository, number));
    const auto query = pg::query(present ? "practice/add_label" : "practice/remove_label");
    GREENROOM_TRY(done, inside.run(query, {repository, number, name}));
    if (done.empty()) return user_fault(present ? "it has that label already" : "it does not have that label");
    GREENROOM_TRY(after, subject_of(inside, repository, number));
    auto event = event_about(present ? EventKind::issue_labeled : EventKind::issue_unlabeled, after, actor, at);
    event.label = name;
    return event;
  });
}

Result<model::Event> close_issue(pg::Connection& db, std::int64_t repository, std::int64_t number,
                                 std::int64_t account) {
  return tell(db, [&](pg::Connection& inside) -> Result<model::Event> {
    GREENROOM_TRY(at, lock_repository(inside, repository));
    GREENROOM_TRY(actor, actor_of(inside, account, repository));
    GREENROOM_TRY(subject, issue_for(inside, repository, number));
    if (!may_triage(actor) && subject.author() != account)
      return rejected("an issue is closed by its author or a maintainer");
    GREENROOM_TRY(done, inside.run(pg::query("practice/close_item"), {repository, number, "closed", at}));
    if (done.empty()) return user_fault("it is closed already");
    return event_about(EventKind::issue_closed, subject, actor, at);
  });
}

}  // namespace greenroom::hosts::local
