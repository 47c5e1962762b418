#include "lib/hosts/gitea/payload.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/hosts/gitea/facts.h"

namespace greenroom::hosts::gitea {
namespace {

using model::EventKind;
using Kind = std::optional<EventKind>;  // nullopt: means nothing to Greenroom

// One delivery while it is read: what is wrong with it stays in `root`.
struct Reading {
  Reader& root;
  std::string action;
  model::Event event;

  // The time of what was done: polling says it, a webhook's object does.
  void at(std::string_view object, std::string_view member) {
    if (root.has("at")) {
      event.at = root.time("at");
      return;
    }
    Reader reader = root.object(object);
    event.at = reader.time(member);
    root.take_fault(reader);
  }
  std::string from(std::string_view change, std::size_t limit) {  // what was there before
    Reader before = root.object("changes").object(change);
    auto text = before.text("from", limit, Presence::optional);
    root.take_fault(before);
    return text;
  }
  bool changed(std::string_view what) { return root.has("changes") && root.object("changes").has(what); }
};

// The prefixes that both hosts come with (repository.pull-request.WORK_IN_PROGRESS_PREFIXES).
bool is_in_progress(std::string_view title) {
  constexpr std::array<std::string_view, 2> kPrefixes{"WIP:", "[WIP]"};
  return std::ranges::any_of(kPrefixes, [&](auto prefix) { return starts_with_ignoring_case(title, prefix); });
}

Kind edited_pull(Reading& reading) {
  if (reading.changed("ref")) return EventKind::change_updated;
  if (!reading.changed("title")) return std::nullopt;
  const bool before = is_in_progress(reading.from("title", kTitle));
  Reader pull = reading.root.object("pull_request");
  const bool now = is_in_progress(pull.text("title", kTitle));
  reading.root.take_fault(pull);
  if (before == now) return std::nullopt;
  return now ? EventKind::change_drafted : EventKind::change_readied;
}

Kind pull_request(Reading& reading) {
  const auto& action = reading.action;
  Reader pull = reading.root.object("pull_request");
  Kind kind;
  if (action == "opened" || action == "reopened") kind = EventKind::change_opened;
  if (action == "synchronized") kind = EventKind::change_updated;
  if (action == "edited") kind = edited_pull(reading);
  if (action == "closed")
    kind = pull.boolean("merged", Presence::optional) ? EventKind::change_merged : EventKind::change_closed;
  if (!kind) return kind;
  reading.root.take_fault(pull);
  reading.event.change = change_in(reading.root);
  reading.at("pull_request", "updated_at");
  return kind;
}

Kind issues(Reading& reading) {
  const auto& action = reading.action;
  Kind kind;
  if (action == "opened" || action == "reopened") kind = EventKind::issue_opened;
  if (action == "closed" || action == "deleted") kind = EventKind::issue_closed;
  if (action == "labeled") kind = EventKind::issue_labeled;
  if (action == "unlabeled") kind = EventKind::issue_unlabeled;
  Reader issue = reading.root.object("issue");
  if (!kind || issue.has("pull_request")) return std::nullopt;
  reading.event.issue = issue_in(reading.root);
  reading.at("issue", action == "opened"                             ? "created_at"
                      : action == "closed" && issue.has("closed_at") ? "closed_at"
                                                                     : "updated_at");
  if (kind != EventKind::issue_labeled && kind != EventKind::issue_unlabeled) return kind;
  Reader label = reading.root.object("label");
  reading.event.label = label.text("name", kName);
  reading.root.take_fault(label);
  return kind;
}

// An edit without `changes.body` changed no words.
Kind issue_comment(Reading& reading) {
  const bool edited = reading.action == "edited";
  if (reading.action != "created" && !edited) return std::nullopt;
  if (edited && !reading.changed("body")) return std::nullopt;
  Reader reader = reading.root.object("comment");
  model::CommentFacts comment;
  comment.host_comment_id = reader.number("id");
  comment.body = reader.text("body", kBody, Presence::optional);
  if (edited) comment.previous_body = reading.from("body", kBody);
  if (reader.has("thread")) comment.thread = std::to_string(reader.number("thread"));
  reading.event.at = reader.time(edited ? "updated_at" : "created_at");
  reading.root.take_fault(reader);
  const bool on_change = reading.root.object("issue").has("pull_request");
  if (reading.root.has("is_pull") && reading.root.boolean("is_pull") != on_change)
    reading.root.refuse("is_pull", "says otherwise");
  if (on_change)
    reading.event.change = change_in_issue(reading.root);
  else
    reading.event.issue = issue_in(reading.root);
  comment.place = on_change ? model::CommentFacts::Place::change : model::CommentFacts::Place::issue;
  reading.event.comment = std::move(comment);
  return edited ? EventKind::comment_edited : EventKind::comment_created;
}

struct Row {
  std::string_view name;
  Kind (*read)(Reading&);
};
constexpr Row kRows[] = {{"pull_request", pull_request}, {"issues", issues}, {"issue_comment", issue_comment}};

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
  auto change = change_in(root);
  GREENROOM_CHECK(root.result());
  return change;
}

}  // namespace greenroom::hosts::gitea
