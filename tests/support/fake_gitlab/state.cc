#include "tests/support/fake_gitlab/state.h"

#include <algorithm>
#include <stdexcept>

#include "lib/base/hash.h"

namespace greenroom::testing::gitlab {

TimePoint State::deed() { return last_deed = std::max(now(), last_deed + std::chrono::milliseconds(1)); }

Id State::person(const std::string& username) const {
  for (const auto& [id, user] : users)
    if (user.username == username) return id;
  throw std::logic_error("nobody is called " + username);
}

Found find_discussion(Project& project, const std::string& discussion) {
  for (auto* items : {&project.changes, &project.issues})
    for (auto& [iid, item] : *items)
      for (auto& note : item.notes)
        if (note.discussion == discussion) return {&item, &note};
  return {};
}

Found find_note(Project& project, Id id) {
  for (auto* items : {&project.changes, &project.issues})
    for (auto& [iid, item] : *items)
      for (auto& note : item.notes)
        if (note.id == id) return {&item, &note};
  return {};
}

Note& add_note(State& state, Project& project, Item& item, Note note) {
  note.id = state.next_id();
  note.created = note.updated = state.deed();
  if (note.discussion.empty()) note.discussion = to_hex(sha1("discussion " + std::to_string(note.id)));
  const bool is_reply = std::any_of(item.notes.begin(), item.notes.end(),
                                    [&](const Note& one) { return one.discussion == note.discussion; });
  // An answer to a note that stands alone makes a discussion of both.
  if (is_reply && note.type.empty() && !note.system) note.type = "DiscussionNote";
  for (auto& one : item.notes)
    if (one.discussion == note.discussion && one.type.empty() && !note.system) one.type = "DiscussionNote";
  item.updated = note.created;
  item.notes.push_back(std::move(note));
  tell_note(state, project, item, item.notes.back());
  return item.notes.back();
}

void set_labels(State& state, Project& project, Item& item, Id actor, const std::vector<std::string>& labels) {
  const auto titles = [](const std::vector<std::string>& all) {
    Json list = Json::array();
    for (const auto& one : all) list.push_back({{"title", one}});
    return list;
  };
  const auto holds = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  const Json changes{{"labels", {{"previous", titles(item.labels)}, {"current", titles(labels)}}}};
  item.updated = state.deed();
  for (const auto& one : labels)
    if (!holds(item.labels, one)) item.label_events.push_back({state.next_id(), actor, "add", one, item.updated});
  for (const auto& one : item.labels)
    if (!holds(labels, one)) item.label_events.push_back({state.next_id(), actor, "remove", one, item.updated});
  item.labels = labels;
  tell_item(state, project, item, actor, {{"action", "update"}}, changes);
}

// No webhook, no event, and the merge request's own time stays.
void set_resolved(State& state, Project& project, const std::string& discussion, Id actor, bool resolved) {
  const auto found = find_discussion(project, discussion);
  if (found.note == nullptr) throw std::logic_error("there is no such discussion");
  const auto at = state.deed();
  for (auto& note : found.item->notes) {
    if (note.discussion != discussion || note.system) continue;
    note.resolved = resolved;
    note.resolved_by = resolved ? actor : 0;
    note.resolved_at = resolved ? at : TimePoint();
  }
}

}  // namespace greenroom::testing::gitlab
