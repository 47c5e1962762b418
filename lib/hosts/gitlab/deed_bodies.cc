#include "lib/hosts/gitlab/deed_bodies.h"

#include <nlohmann/json.hpp>

#include "lib/base/hash.h"

namespace greenroom::hosts::gitlab {
namespace {

json::Value body_of(const json::Value& project, const json::Value& user, const char* kind, json::Value attributes) {
  json::Value body{{"object_kind", kind}, {"user", user}, {"object_attributes", std::move(attributes)}};
  for (const char* member : {"id", "path_with_namespace", "default_branch"})
    body["project"][member] = json::member(project, member);
  return body;
}

json::Value titles_of(const json::Value& names) {
  auto titles = json::Value::array();
  if (names.is_array())
    for (const auto& name : names) titles.push_back({{"title", name}});
  return titles;
}

json::Value issue_of(json::Value row) {
  row["labels"] = titles_of(json::member(row, "labels"));
  return row;
}

json::Value issue_body(const json::Value& project, const json::Value& issue, const json::Value& user,
                       const char* action) {
  auto attributes = issue_of(issue);
  attributes["action"] = action;
  return body_of(project, user, "issue", std::move(attributes));
}

}  // namespace

json::Value note_body(const json::Value& project, const json::Value& row, const json::Value& note,
                      const std::string& discussion, ItemKind kind) {
  auto attributes = note;
  attributes["note"] = json::member(note, "body");
  attributes["action"] = "create";
  attributes["discussion_id"] = discussion;
  auto body = body_of(project, json::member(note, "author"), "note", std::move(attributes));
  body[kind == ItemKind::issue ? "issue" : "merge_request"] = kind == ItemKind::issue ? issue_of(row) : row;
  return body;
}

json::Value settled_body(const json::Value& project, const json::Value& row, const json::Value& note,
                         const std::string& discussion) {
  auto attributes = note;
  attributes["note"] = json::member(note, "body");
  attributes["action"] = "resolve";
  attributes["discussion_id"] = discussion;
  auto body = body_of(project, json::member(note, "resolved_by"), "discussion", std::move(attributes));
  body["merge_request"] = row;
  return body;
}

json::Value opened_body(const json::Value& project, const json::Value& issue) {
  return issue_body(project, issue, json::member(issue, "author"), "open");
}

json::Value state_body(const json::Value& project, const json::Value& issue, const json::Value& event) {
  const bool closed = json::text(event, "state") == "closed";
  auto body = issue_body(project, issue, json::member(event, "user"), closed ? "close" : "reopen");
  // The issue may have moved on since.
  body["object_attributes"]["updated_at"] = body["object_attributes"]["closed_at"] = json::member(event, "created_at");
  return body;
}

json::Value label_body(const json::Value& project, const json::Value& issue, const json::Value& event) {
  auto body = issue_body(project, issue, json::member(event, "user"), "update");
  body["object_attributes"]["updated_at"] = json::member(event, "created_at");
  const auto label = titles_of(json::Value::array({json::member(json::member(event, "label"), "name")}));
  const bool added = json::text(event, "action") == "add";
  body["changes"]["labels"] = {{"previous", added ? json::Value::array() : label},
                               {"current", added ? label : json::Value::array()}};
  return body;
}

std::string delivery_id(std::string_view meaning) { return "found-" + to_hex(sha256(meaning)).substr(0, 32); }

}  // namespace greenroom::hosts::gitlab
