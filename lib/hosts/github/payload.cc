#include "lib/hosts/github/payload.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/github/facts.h"

namespace greenroom::hosts::github {
namespace {

using model::EventKind;
using Kind = std::optional<EventKind>;  // nullopt: means nothing to Greenroom

// One delivery while it is read: what is wrong with it stays in `root`.
struct Reading {
  Reader& root;
  std::string action;
  model::Event event;

  // The time of what was done; the object's own, since a delivery may be sent much later.
  void at(std::string_view object, std::string_view member) {
    Reader reader = root.object(object);
    event.at = reader.time(member);
    root.take_fault(reader);
  }
};

Kind pull_request(Reading& reading) {
  const auto& action = reading.action;
  Reader pull = reading.root.object("pull_request");
  Kind kind;
  if (action == "opened" || action == "reopened") kind = EventKind::change_opened;
  if (action == "synchronize") kind = EventKind::change_updated;
  if (action == "edited" && reading.root.has("changes") && reading.root.object("changes").has("base"))
    kind = EventKind::change_updated;
  if (action == "closed")
    kind = pull.boolean("merged", Presence::optional) ? EventKind::change_merged : EventKind::change_closed;
  if (action == "converted_to_draft") kind = EventKind::change_drafted;
  if (action == "ready_for_review") kind = EventKind::change_readied;
  if (!kind) return kind;
  reading.root.take_fault(pull);
  reading.event.change = change_in(reading.root, "pull_request");
  reading.at("pull_request", "updated_at");
  return kind;
}

Kind issues(Reading& reading) {
  const auto& action = reading.action;
  Kind kind;
  if (action == "opened" || action == "reopened") kind = EventKind::issue_opened;
  if (action == "closed" || action == "deleted" || action == "transferred") kind = EventKind::issue_closed;
  if (action == "labeled") kind = EventKind::issue_labeled;
  if (action == "unlabeled") kind = EventKind::issue_unlabeled;
  if (!kind || reading.root.object("issue").has("pull_request")) return std::nullopt;
  reading.event.issue = issue_in(reading.root);
  reading.at("issue", "updated_at");
  if (kind != EventKind::issue_labeled && kind != EventKind::issue_unlabeled) return kind;
  Reader label = reading.root.object("label");
  reading.event.label = label.text("name", kName);
  reading.root.take_fault(label);
  return kind;
}

// The words and their time. An edit without a `changes.body` changed no words.
Kind words(Reading& reading, std::string_view object) {
  const bool edited = reading.action == "edited";
  if (reading.action != "created" && !edited) return std::nullopt;
  Reader reader = reading.root.object(object);
  model::CommentFacts comment;
  comment.host_comment_id = reader.number("id");
  comment.body = reader.text("body", kBody, Presence::optional);
  if (edited) {
    Reader changes = reading.root.object("changes");
    if (!changes.has("body")) return std::nullopt;
    Reader before = changes.object("body");
    comment.previous_body = before.text("from", kBody, Presence::optional);
    reading.root.take_fault(before);
  }
  reading.event.at = reader.time(edited ? "updated_at" : "created_at");
  reading.event.comment = std::move(comment);
  reading.root.take_fault(reader);
  return edited ? EventKind::comment_edited : EventKind::comment_created;
}

Kind issue_comment(Reading& reading) {
  const Kind kind = words(reading, "comment");
  if (!kind) return kind;
  const bool on_change = reading.root.object("issue").has("pull_request");
  if (on_change)
    reading.event.change = change_in_issue(reading.root);
  else
    reading.event.issue = issue_in(reading.root);
  reading.event.comment->place = on_change ? model::CommentFacts::Place::change : model::CommentFacts::Place::issue;
  return kind;
}

Kind review_comment(Reading& reading) {
  const Kind kind = words(reading, "comment");
  if (!kind) return kind;
  Reader comment = reading.root.object("comment");
  const auto first = comment.has("in_reply_to_id") ? comment.number("in_reply_to_id") : comment.number("id");
  reading.event.comment->thread = std::to_string(first);
  reading.root.take_fault(comment);
  reading.event.change = change_in(reading.root, "pull_request");
  return kind;
}

// A review without words of its own says nothing here: each of its comments comes as itself.
Kind review(Reading& reading) {
  Reader found = reading.root.object("review");
  const auto body = found.text("body", kBody, Presence::optional);
  if (reading.action != "submitted" || body.empty()) return std::nullopt;
  model::CommentFacts comment;
  comment.host_comment_id = found.number("id");
  comment.body = body;
  reading.event.at = found.time("submitted_at");
  reading.event.comment = std::move(comment);
  reading.root.take_fault(found);
  reading.event.change = change_in(reading.root, "pull_request");
  return EventKind::comment_created;
}

Kind thread(Reading& reading) {
  const bool resolved = reading.action == "resolved";
  if (!resolved && reading.action != "unresolved") return std::nullopt;
  Reader found = reading.root.object("thread");
  Reader first = found.first("comments");
  model::CommentFacts comment;
  comment.host_comment_id = first.number("id");
  comment.body = first.text("body", kBody, Presence::optional);
  comment.thread = std::to_string(comment.host_comment_id);
  reading.event.comment = std::move(comment);
  reading.root.take_fault(found);
  reading.root.take_fault(first);
  reading.event.change = change_in(reading.root, "pull_request");
  // Older servers do not say when; the change's own time does not move with it.
  if (reading.root.has("updated_at"))
    reading.event.at = reading.root.time("updated_at");
  else
    reading.at("pull_request", "updated_at");
  return resolved ? EventKind::thread_resolved : EventKind::thread_unresolved;
}

// "Re-run" on GitHub's pages, of one check run or of all. Of a fork's change they do not say which one it is: its head
// does.
Kind rerun(Reading& reading, std::string_view object) {
  if (reading.action != "rerequested") return std::nullopt;
  Reader reader = reading.root.object(object);
  model::ChangeFacts change;
  change.head_sha = reader.sha("head_sha");
  reading.event.change = std::move(change);
  const char* times[] = {"updated_at", "completed_at", "started_at"};  // a suite's; a run's that was done, or was not
  const auto* time = std::ranges::find_if(times, [&](const char* member) { return reader.has(member); });
  reading.event.at = reader.time(time == std::end(times) ? "started_at" : *time);
  reading.root.take_fault(reader);
  return EventKind::rerun_requested;
}
Kind check_run(Reading& reading) { return rerun(reading, "check_run"); }
Kind check_suite(Reading& reading) { return rerun(reading, "check_suite"); }

struct Row {
  std::string_view name;
  Kind (*read)(Reading&);
};
constexpr Row kRows[] = {{"pull_request", pull_request},   {"issues", issues},
                         {"issue_comment", issue_comment}, {"pull_request_review_comment", review_comment},
                         {"pull_request_review", review},  {"pull_request_review_thread", thread},
                         {"check_run", check_run},         {"check_suite", check_suite}};

}  // namespace

Result<std::optional<model::Event>> event_of(std::string_view name, std::string_view body) {
  GREENROOM_TRY(value, json::parse(body));
  if (!value.is_object()) return user_fault("the body is not a JSON object");
  for (const auto& row : kRows) {
    if (row.name != name) continue;
    Reader root(value, "");
    Reading reading{root, root.text("action", kName), {}};
    const Kind kind = row.read(reading);
    if (kind) {
      reading.event.kind = *kind;
      reading.event.repository = repository_in(root);
      reading.event.actor = account_in(root, "sender", root);
    }
    GREENROOM_CHECK(root.result());
    if (!kind) return std::optional<model::Event>();
    return std::optional(std::move(reading.event));
  }
  return std::optional<model::Event>();
}

Result<model::ChangeFacts> change_of(const json::Value& pull_request) {
  const json::Value outer{{"pull_request", pull_request}};
  Reader root(outer, "");
  auto change = change_in(root, "pull_request");
  GREENROOM_CHECK(root.result());
  return change;
}

}  // namespace greenroom::hosts::github
