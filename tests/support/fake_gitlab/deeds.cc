// What people do.

#include <algorithm>
#include <stdexcept>

#include "tests/support/fake_gitlab/impl.h"

namespace greenroom::testing {

using namespace gitlab;  // this file is the outside of that namespace

namespace {

// Where the branch of `head` left the target.
std::string merge_base(const Project& project, const std::string& head, const std::string& target) {
  std::set<std::string> above;
  for (std::string at = target; project.commits.contains(at); at = project.commits.at(at).parent) above.insert(at);
  for (std::string at = head; project.commits.contains(at); at = project.commits.at(at).parent)
    if (above.contains(at)) return at;
  throw std::logic_error("the change and its target have nothing in common");
}

void add_version(State& state, Project& project, Item& item, const std::string& head) {
  const auto& target = project.branches.at(item.target_branch);
  item.versions.push_back({state.next_id(), head, merge_base(project, head, target), target});
}

Item& add_item(State& state, Project& project, Item item) {
  auto& items = project.items(item.kind);
  item.id = state.next_id();
  item.iid = static_cast<Id>(items.size()) + 1;
  item.created = item.updated = state.deed();
  return items[item.iid] = item;
}

}  // namespace

Id FakeGitlab::person_opens_change(Id project, const std::string& username, const NewChange& change) {
  return impl_->in(project, [&](State& state, Project& found) {
    Item made;
    made.kind = Item::Kind::merge_request;
    made.author = state.person(username);
    made.title = change.title;
    made.draft = change.draft;
    made.source_branch = change.source_branch;
    made.target_branch = change.target_branch;
    made.old_paths = change.old_paths;
    auto& item = add_item(state, found, made);
    if (!change.from_fork) found.branches[change.source_branch] = change.head_sha;
    add_version(state, found, item, change.head_sha);
    tell_item(state, found, item, item.author, {{"action", "open"}});
    return item.iid;
  });
}

Id FakeGitlab::person_opens_issue(Id project, const std::string& username, const std::string& title,
                                  bool confidential) {
  return impl_->in(project, [&](State& state, Project& found) {
    Item made;
    made.author = state.person(username);
    made.title = title;
    made.confidential = confidential;
    auto& item = add_item(state, found, made);
    tell_item(state, found, item, item.author, {{"action", "open"}});
    return item.iid;
  });
}

void FakeGitlab::person_pushes(Id project, Id change, const std::string& head_sha) {
  impl_->in(project, [&](State& state, Project& found) {
    auto& item = found.changes.at(change);
    const auto before = item.versions.back().head;
    add_version(state, found, item, head_sha);
    item.updated = state.deed();
    tell_item(state, found, item, item.author, {{"action", "update"}, {"oldrev", before}});
  });
}

Id FakeGitlab::person_comments(Id project, Item::Kind kind, Id iid, const std::string& username,
                               const std::string& body) {
  return impl_->in(project, [&](State& state, Project& found) {
    Note note;
    note.author = state.person(username);
    note.body = body;
    return add_note(state, found, found.items(kind).at(iid), note).id;
  });
}

Id FakeGitlab::person_replies(Id project, const std::string& discussion, const std::string& username,
                              const std::string& body) {
  return impl_->in(project, [&](State& state, Project& there) {
    Note note;
    note.author = state.person(username);
    note.discussion = discussion;
    note.body = body;
    return add_note(state, there, *find_discussion(there, discussion).item, note).id;
  });
}

void FakeGitlab::person_resolves(Id project, const std::string& discussion, const std::string& username) {
  impl_->in(project, [&](State& state, Project& there) {
    set_resolved(state, there, discussion, state.person(username), true);
  });
}

void FakeGitlab::person_reopens(Id project, const std::string& discussion) {
  impl_->in(project, [&](State& state, Project& there) { set_resolved(state, there, discussion, 0, false); });
}

void FakeGitlab::person_deletes(Id project, Id note) {
  impl_->in(project, [&](State&, Project& there) {
    auto& notes = find_note(there, note).item->notes;
    std::erase_if(notes, [&](const Note& one) { return one.id == note; });
  });
}

void FakeGitlab::person_labels(Id project, Id issue, const std::string& username, const std::string& label) {
  impl_->in(project, [&](State& state, Project& there) {
    auto labels = there.issues.at(issue).labels;
    labels.push_back(label);
    set_labels(state, there, there.issues.at(issue), state.person(username), labels);
  });
}

void FakeGitlab::person_unlabels(Id project, Id issue, const std::string& username, const std::string& label) {
  impl_->in(project, [&](State& state, Project& there) {
    auto labels = there.issues.at(issue).labels;
    std::erase(labels, label);
    set_labels(state, there, there.issues.at(issue), state.person(username), labels);
  });
}

void FakeGitlab::person_closes(Id project, Item::Kind kind, Id iid, const std::string& username) {
  impl_->in(project, [&](State& state, Project& there) {
    auto& item = there.items(kind).at(iid);
    item.state = "closed";
    item.closed = item.updated = state.deed();
    item.state_events.push_back({state.next_id(), state.person(username), "closed", "", item.closed});
    tell_item(state, there, item, state.person(username), {{"action", "close"}});
  });
}

void FakeGitlab::system_notes(Id project, const std::string& discussion, const std::string& username,
                              const std::string& body) {
  impl_->in(project, [&](State& state, Project& there) {
    Note note;
    note.author = state.person(username);
    note.discussion = discussion;
    note.body = body;
    note.system = true;
    add_note(state, there, *find_discussion(there, discussion).item, note);
  });
}

void FakeGitlab::set_preparing(Id project, Id change) {
  impl_->in(project, [&](State&, Project& there) { there.changes.at(change).versions.clear(); });
}

}  // namespace greenroom::testing
