// Words: docs.gitlab.com, "Notes API", "Discussions API", "Emoji reactions API".

#include <algorithm>

#include "tests/support/fake_gitlab/call.h"

namespace greenroom::testing::gitlab {
namespace {

constexpr std::size_t kMostWords = 1'000'000;

void count_note(State& state) {
  const auto now = state.now();
  while (!state.notes.empty() && state.notes.front() + std::chrono::minutes(1) <= now) state.notes.pop_front();
  if (state.notes_a_minute != 0 && static_cast<int>(state.notes.size()) >= state.notes_a_minute)
    throw Refusal{429, "This endpoint has been requested too many times. Try again later.", {{"Retry-After", "60"}}};
  state.notes.push_back(now);
}

std::string words_in(const Call& call) {
  auto body = call.word("body");
  if (body.empty()) refuse(400, "body is missing");
  if (body.size() > kMostWords) refuse(400, "400 Bad request - Note {:note=>[\"is too long\"]}");
  return body;
}

Note& own_note(const Call& call, std::size_t param) {
  auto& item = find_item(call);
  const auto id = call.number(param);
  const auto found = std::find_if(item.notes.begin(), item.notes.end(), [&](const Note& one) { return one.id == id; });
  if (found == item.notes.end()) refuse(404, "404 Note Not Found");
  return *found;
}

Reply notes(Call& call) {
  const auto& item = find_item(call);
  Json rows = Json::array();
  for (const auto& one : item.notes) rows.push_back(note_json(call.state, item, one));
  return paged(call, rows);
}

Reply add(Call& call) {
  auto& item = find_item(call);
  count_note(call.state);
  Note note;
  note.author = call.user;
  note.body = words_in(call);
  const bool is_command = note.body.front() == '/' && note.body.find('\n') == std::string::npos;
  if (is_command) return {202, {{"commands_changes", Json::object()}, {"summary", {"Commands applied"}}}, {}};
  const auto& made = add_note(call.state, call.project(), item, note);
  call.wrote("note.create");
  return {201, note_json(call.state, item, made), {}};
}

Reply show(Call& call) { return {200, note_json(call.state, find_item(call), own_note(call, 1)), {}}; }

Reply edit(Call& call) {
  auto& note = own_note(call, 1);
  if (note.author != call.user) call.needs(Level::maintainer);
  note.body = words_in(call);
  note.updated = call.state.deed();
  call.wrote("note.edit");
  return {200, note_json(call.state, find_item(call), note), {}};
}

Reply remove(Call& call) {
  auto& note = own_note(call, 1);
  if (note.author != call.user) call.needs(Level::maintainer);
  std::erase_if(find_item(call).notes, [id = note.id](const Note& one) { return one.id == id; });
  call.wrote("note.delete");
  return {204, nullptr, {}};
}

Reply discussions(Call& call) { return paged(call, discussions_json(call.state, find_item(call))); }

Json discussion_json(const Call& call, const std::string& id) {
  for (auto& one : discussions_json(call.state, find_item(call)))
    if (one["id"] == id) return one;
  refuse(404, "404 Discussion Not Found");
}

Reply discussion(Call& call) { return {200, discussion_json(call, call.params.at(1)), {}}; }

Reply begin(Call& call) {
  auto& item = find_item(call);
  count_note(call.state);
  Note note;
  note.author = call.user;
  note.body = words_in(call);
  note.type = "DiscussionNote";
  if (call.body.contains("position")) {
    note.type = "DiffNote";
    note.position = position_in(call, item);
  }
  const auto id = add_note(call.state, call.project(), item, note).discussion;
  call.wrote("discussion.create");
  return {201, discussion_json(call, id), {}};
}

Reply reply(Call& call) {
  auto& item = find_item(call);
  count_note(call.state);
  (void)discussion_json(call, call.params.at(1));
  Note note;
  note.author = call.user;
  note.discussion = call.params.at(1);
  note.body = words_in(call);
  const auto& made = add_note(call.state, call.project(), item, note);
  call.wrote("note.reply");
  return {201, note_json(call.state, item, made), {}};
}

Reply resolve(Call& call) {
  call.needs(Level::developer);
  const auto& id = call.params.at(1);
  const auto before = discussion_json(call, id);
  if (!call.body.contains("resolved")) refuse(400, "resolved is missing");
  const bool resolved = call.body["resolved"].get<bool>();
  set_resolved(call.state, call.project(), id, call.user, resolved);
  call.wrote(resolved ? "discussion.resolve" : "discussion.unresolve");
  return {200, discussion_json(call, id), {}};
}

Json award_json(const State& state, const Award& award) {
  return {{"id", award.id}, {"name", award.name}, {"user", user_json(state, award.user)}};
}

Reply awards(Call& call) {
  Json rows = Json::array();
  for (const auto& one : own_note(call, 1).awards) rows.push_back(award_json(call.state, one));
  return paged(call, rows);
}

Reply give(Call& call) {
  auto& note = own_note(call, 1);
  const auto name = call.word("name");
  if (name.empty()) refuse(400, "name is missing");
  for (const auto& one : note.awards)
    if (one.user == call.user && one.name == name) refuse(404, "404 Award Emoji Name has already been taken Not Found");
  note.awards.push_back({call.state.next_id(), call.user, name});
  call.wrote("award");
  return {201, award_json(call.state, note.awards.back()), {}};
}

}  // namespace

Routes note_routes() {
  Routes routes;
  for (const std::string item : {"/projects/{}/merge_requests/{}", "/projects/{}/issues/{}"}) {
    const Routes some{{"GET", item + "/notes", notes},
                      {"POST", item + "/notes", add},
                      {"GET", item + "/notes/{}", show},
                      {"PUT", item + "/notes/{}", edit},
                      {"DELETE", item + "/notes/{}", remove},
                      {"GET", item + "/notes/{}/award_emoji", awards},
                      {"POST", item + "/notes/{}/award_emoji", give},
                      {"GET", item + "/discussions", discussions},
                      {"POST", item + "/discussions", begin},
                      {"GET", item + "/discussions/{}", discussion},
                      {"PUT", item + "/discussions/{}", resolve},
                      {"POST", item + "/discussions/{}/notes", reply}};
    routes.insert(routes.end(), some.begin(), some.end());
  }
  return routes;
}

}  // namespace greenroom::testing::gitlab
