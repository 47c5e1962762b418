#include "lib/hosts/gitlab/payload.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/gitlab/facts.h"
#include "lib/json/json.h"

namespace greenroom::hosts::gitlab {
namespace {

using model::EventKind;
using Kind = std::optional<EventKind>;  // nullopt: means nothing to Greenroom

// One delivery while it is read: what is wrong with it stays in `root`.
struct Reading {
  Reader& root;
  Reader object;  // object_attributes
  std::string action;
  model::Event event;

  bool has_changed(std::string_view member) { return root.has("changes") && root.object("changes").has(member); }
};

Kind update_of_change(Reading& reading) {
  if (reading.object.has("oldrev")) return EventKind::change_updated;
  if (reading.has_changed("target_branch")) return EventKind::change_updated;
  if (!reading.has_changed("draft")) return std::nullopt;
  Reader changes = reading.root.object("changes");
  Reader draft = changes.object("draft");
  const bool is_draft = draft.boolean("current", Presence::optional);
  reading.root.take_fault(draft);
  return is_draft ? EventKind::change_drafted : EventKind::change_readied;
}

Kind merge_request(Reading& reading) {
  const auto& action = reading.action;
  Kind kind;
  if (action == "open" || action == "reopen") kind = EventKind::change_opened;
  if (action == "close") kind = EventKind::change_closed;
  if (action == "merge") kind = EventKind::change_merged;
  if (action == "update") kind = update_of_change(reading);
  const bool has_commits = reading.object.has("last_commit");
  if (!kind || !has_commits) return std::nullopt;
  reading.event.change = change_in(reading.root, "object_attributes");
  reading.event.at = time_in(reading.object, "updated_at");
  return kind;
}

// The first of `names` that `others` have not.
std::string missing_in(const std::vector<std::string>& others, const std::vector<std::string>& names) {
  const auto found = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
    return std::find(others.begin(), others.end(), name) == others.end();
  });
  return found == names.end() ? std::string() : *found;
}

Kind update_of_labels(Reading& reading) {
  if (!reading.has_changed("labels")) return std::nullopt;
  Reader changes = reading.root.object("changes");
  Reader labels = changes.object("labels");
  const auto before = labels.names("previous", kLabels, kName, "title");
  const auto after = labels.names("current", kLabels, kName, "title");
  reading.root.take_fault(changes);
  reading.root.take_fault(labels);
  const auto came = missing_in(before, after), went = missing_in(after, before);
  if (came.empty() && went.empty()) return std::nullopt;
  reading.event.label = came.empty() ? went : came;
  return came.empty() ? EventKind::issue_unlabeled : EventKind::issue_labeled;
}

Kind issue(Reading& reading) {
  const auto& action = reading.action;
  if (reading.object.boolean("confidential", Presence::optional)) return std::nullopt;
  Kind kind;
  if (action == "open" || action == "reopen") kind = EventKind::issue_opened;
  if (action == "close") kind = EventKind::issue_closed;
  if (action == "update") kind = update_of_labels(reading);
  if (!kind) return kind;
  reading.event.issue = issue_in(reading.root, "object_attributes");
  if (reading.event.issue->labels.empty() && reading.root.has("labels"))
    reading.event.issue->labels = reading.root.names("labels", kLabels, kName, "title");
  const bool closed = action == "close" && reading.object.has("closed_at");
  reading.event.at = time_in(reading.object, action == "open" ? "created_at" : closed ? "closed_at" : "updated_at");
  return kind;
}

bool is_kept_from_some(Reading& reading) {
  for (const char* member : {"internal", "confidential"})
    if (reading.object.boolean(member, Presence::optional)) return true;
  return reading.root.has("issue") && reading.root.object("issue").boolean("confidential", Presence::optional);
}

// What the words are about. False: nothing that Greenroom reads.
bool read_subject(Reading& reading) {
  const auto type = reading.object.text("noteable_type", kName);
  if (type == "MergeRequest") reading.event.change = change_in(reading.root, "merge_request");
  if (type == "Issue") reading.event.issue = issue_in(reading.root, "issue");
  return reading.event.change || reading.event.issue;
}

Kind note(Reading& reading) {
  auto& object = reading.object;
  const bool edited = !reading.action.empty() && reading.action != "create";
  if (edited || object.boolean("system", Presence::optional) || is_kept_from_some(reading)) return std::nullopt;
  if (!read_subject(reading)) return std::nullopt;
  model::CommentFacts comment;
  comment.host_comment_id = object.number("id");
  comment.body = object.text("note", kBody, Presence::optional);
  comment.place = reading.event.change ? model::CommentFacts::Place::change : model::CommentFacts::Place::issue;
  // A note that stands alone has a discussion id, too.
  const bool in_thread = !object.text("type", kName, Presence::optional).empty();
  if (in_thread && object.has("discussion_id")) comment.thread = object.sha("discussion_id");
  reading.event.at = time_in(object, "created_at");
  reading.event.comment = std::move(comment);
  return EventKind::comment_created;
}

Kind discussion(Reading& reading) {
  if (reading.action != "resolve") return std::nullopt;
  model::CommentFacts comment;
  comment.host_comment_id = reading.object.number("id");
  comment.body = reading.object.text("note", kBody, Presence::optional);
  comment.thread = reading.object.sha("discussion_id");
  reading.event.comment = std::move(comment);
  reading.event.change = change_in(reading.root, "merge_request");
  reading.event.at = time_in(reading.object, "resolved_at");
  return EventKind::thread_resolved;
}

struct Row {
  std::string_view name;
  Kind (*read)(Reading&);
};
constexpr Row kRows[] = {
    {"merge_request", merge_request}, {"issue", issue}, {"note", note}, {"discussion", discussion}};

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
}

}  // namespace

Result<std::string> name_in(std::string_view body) {
  GREENROOM_TRY(value, json::parse(body));
  auto name = json::text(value, "object_kind");
  if (!is_name(name)) return user_fault("object_kind is not an event's name");
  return name;
}

Result<std::optional<model::Event>> event_of(std::string_view body) {
  GREENROOM_TRY(value, json::parse(body));
  if (!value.is_object()) return user_fault("the body is not a JSON object");
  const auto name = json::text(value, "object_kind");
  for (const auto& row : kRows) {
    if (row.name != name) continue;
    Reader root(value, "");
    Reading reading{root, root.object("object_attributes"), {}, {}};
    reading.action = reading.object.text("action", kName, Presence::optional);
    const Kind kind = row.read(reading);
    if (kind) {
      reading.event.kind = *kind;
      reading.event.repository = repository_in(root);
      reading.event.actor = account_in(root, "user", root);
    }
    root.take_fault(reading.object);
    GREENROOM_CHECK(root.result());
    if (!kind) return std::optional<model::Event>();
    return std::optional(std::move(reading.event));
  }
  return std::optional<model::Event>();
}

}  // namespace greenroom::hosts::gitlab
