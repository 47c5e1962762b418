// Objects as the API and webhooks show them: the members that clients read, not all.

#include "lib/base/hash.h"
#include "lib/json/json.h"
#include "tests/support/fake_gitlab/state.h"

namespace greenroom::testing::gitlab {
namespace {

Json time_or_null(TimePoint time) { return time == TimePoint() ? Json() : Json(iso(time)); }

// As webhooks write times: "2026-03-02 09:00:00 UTC".
std::string plain_time(TimePoint time) {
  auto text = to_rfc3339(time).substr(0, 19);
  text[10] = ' ';
  return text + " UTC";
}

Json position_json(const Position& at) {
  const auto line = [](int number) { return number == 0 ? Json() : Json(number); };
  Json json{{"position_type", at.type},      {"base_sha", at.base_sha},       {"start_sha", at.start_sha},
            {"head_sha", at.head_sha},       {"old_path", at.old_path},       {"new_path", at.new_path},
            {"old_line", line(at.old_line)}, {"new_line", line(at.new_line)}, {"line_range", nullptr}};
  if (at.first_new_line != 0)
    json["line_range"] = {{"start", {{"new_line", at.first_new_line}, {"old_line", line(at.first_old_line)}}},
                          {"end", {{"new_line", at.new_line}, {"old_line", line(at.old_line)}}}};
  return json;
}

Json hook_item(const Item& item) {
  Json json{{"id", item.id},
            {"iid", item.iid},
            {"author_id", item.author},
            {"title", item.title},
            {"description", item.description},
            {"state", item.state},
            {"created_at", plain_time(item.created)},
            {"updated_at", plain_time(item.updated)}};
  Json labels = Json::array();
  for (const auto& one : item.labels) labels.push_back({{"title", one}});
  json["labels"] = labels;
  if (item.kind == Item::Kind::issue) {
    json["confidential"] = item.confidential;
    json["closed_at"] = item.closed == TimePoint() ? Json() : Json(plain_time(item.closed));
    return json;
  }
  json["source_branch"] = item.source_branch;
  json["target_branch"] = item.target_branch;
  json["draft"] = item.draft;
  json["last_commit"] = item.versions.empty() ? Json() : Json{{"id", item.versions.back().head}};
  return json;
}

void tell(State& state, const Project& project, const std::string& event, Id actor, Json body) {
  body["user"] = user_json(state, actor);
  body["project"] = {{"id", project.id}, {"path_with_namespace", project.path}, {"default_branch", "main"}};
  const auto id = to_hex(sha256("delivery " + std::to_string(state.next_id()))).substr(0, 32);
  state.webhooks.push_back({{{"content-type", "application/json"},
                             {"x-gitlab-event", event},
                             {"x-gitlab-event-uuid", id},
                             {"idempotency-key", id},
                             {"x-gitlab-token", state.options.webhook_token}},
                            json::dump(body)});
}

}  // namespace

std::string iso(TimePoint time) { return to_rfc3339(time).substr(0, 23) + "Z"; }

Json user_json(const State& state, Id user) {
  const auto& found = state.users.at(user);
  return {{"id", found.id}, {"username", found.username}, {"name", found.username}, {"state", "active"}};
}

Json users_json(const State& state, const std::vector<Id>& users) {
  Json list = Json::array();
  for (const auto user : users) list.push_back(user_json(state, user));
  return list;
}

Json project_json(const Project& project) {
  return {{"id", project.id},
          {"path_with_namespace", project.path},
          {"visibility", project.visibility},
          {"default_branch", project.branches.empty() ? Json() : Json("main")}};
}

Json item_json(const State& state, const Project& project, const Item& item) {
  Json json{{"id", item.id},
            {"iid", item.iid},
            {"project_id", project.id},
            {"title", item.title},
            {"description", item.description},
            {"state", item.state},
            {"author", user_json(state, item.author)},
            {"assignees", users_json(state, item.assignees)},
            {"labels", item.labels},
            {"created_at", iso(item.created)},
            {"updated_at", iso(item.updated)},
            {"closed_at", time_or_null(item.closed)}};
  if (item.kind == Item::Kind::issue) {
    json["confidential"] = item.confidential;
    return json;
  }
  json["reviewers"] = users_json(state, item.reviewers);
  json["draft"] = item.draft;
  json["source_branch"] = item.source_branch;
  json["target_branch"] = item.target_branch;
  json["sha"] = nullptr;
  json["diff_refs"] = nullptr;
  if (item.versions.empty()) return json;
  const auto& version = item.versions.back();
  json["sha"] = version.head;
  json["diff_refs"] = {{"base_sha", version.base}, {"head_sha", version.head}, {"start_sha", version.start}};
  return json;
}

Json note_json(const State& state, const Item& item, const Note& note) {
  Json json{{"id", note.id},
            {"type", note.type.empty() ? Json() : Json(note.type)},
            {"body", note.body},
            {"author", user_json(state, note.author)},
            {"created_at", iso(note.created)},
            {"updated_at", iso(note.updated)},
            {"system", note.system},
            {"internal", note.internal},
            {"noteable_type", item.kind == Item::Kind::issue ? "Issue" : "MergeRequest"},
            {"resolvable", !note.type.empty()}};
  if (note.position) json["position"] = position_json(*note.position);
  if (note.type.empty()) return json;
  json["resolved"] = note.resolved;
  json["resolved_by"] = note.resolved_by == 0 ? Json() : user_json(state, note.resolved_by);
  json["resolved_at"] = time_or_null(note.resolved_at);
  return json;
}

Json discussions_json(const State& state, const Item& item) {
  Json list = Json::array();
  std::map<std::string, std::size_t> places;
  for (const auto& note : item.notes) {
    const auto [place, is_new] = places.try_emplace(note.discussion, list.size());
    if (is_new)
      list.push_back({{"id", note.discussion}, {"individual_note", note.type.empty()}, {"notes", Json::array()}});
    list[place->second]["notes"].push_back(note_json(state, item, note));
  }
  return list;
}

// GitLab's lib/gitlab/git.rb: the path's SHA-1, the place in the old file and in the new one.
std::string line_code(const std::string& path, int old_line, int new_line) {
  return to_hex(sha1(path)) + "_" + std::to_string(old_line) + "_" + std::to_string(new_line);
}

void tell_item(State& state, const Project& project, const Item& item, Id actor, const Json& more,
               const Json& changes) {
  const bool is_issue = item.kind == Item::Kind::issue;
  Json attributes = hook_item(item);
  attributes.update(more);
  Json body{{"object_kind", is_issue ? "issue" : "merge_request"}, {"object_attributes", attributes}};
  if (!changes.is_null()) body["changes"] = changes;
  tell(state, project, is_issue ? "Issue Hook" : "Merge Request Hook", actor, body);
}

void tell_note(State& state, const Project& project, const Item& item, const Note& note) {
  const bool on_issue = item.kind == Item::Kind::issue;
  Json attributes{{"id", note.id},
                  {"note", note.body},
                  {"action", "create"},
                  {"noteable_type", on_issue ? "Issue" : "MergeRequest"},
                  {"type", note.type.empty() ? Json() : Json(note.type)},
                  {"discussion_id", note.discussion},
                  {"system", note.system},
                  {"internal", note.internal},
                  {"author_id", note.author},
                  {"created_at", plain_time(note.created)}};
  Json body{{"object_kind", "note"}, {"object_attributes", attributes}};
  body[on_issue ? "issue" : "merge_request"] = hook_item(item);
  tell(state, project, "Note Hook", note.author, body);
}

}  // namespace greenroom::testing::gitlab
