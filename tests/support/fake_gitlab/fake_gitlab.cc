#include "tests/support/fake_gitlab/fake_gitlab.h"

#include <stdexcept>

#include "lib/base/hash.h"
#include "tests/support/fake_gitlab/call.h"
#include "tests/support/fake_gitlab/impl.h"

namespace greenroom::testing {

using namespace gitlab;  // this file is the outside of that namespace

FakeGitlab::FakeGitlab(const FakeGitlabOptions& options) : impl_(std::make_unique<Impl>()) {
  http::ServerOptions how;
  how.stream_limit = 0;  // a stream that may hold nothing is cut off with its first piece
  auto server = http::Server::start(how, [this](const http::Request& request, const auto& responder) {
    auto answered = impl_->state.with([&](State& state) { return answer(state, request); });
    if (!answered.hangs_up) return responder->send(std::move(answered.response));
    responder->stream({answered.response.status, answered.response.headers, ""})->write("{");
  });
  if (!server) throw std::runtime_error(server.error().describe());
  impl_->server = std::move(*server);
  impl_->state.with([&](State& state) {
    state.url = "http://127.0.0.1:" + std::to_string(impl_->server->port());
    state.options = options;
    if (options.clock == nullptr) state.options.clock = &system_clock();
  });
}

FakeGitlab::~FakeGitlab() = default;

std::string FakeGitlab::url() const {
  return impl_->state.with([](const State& state) { return state.url; });
}

void FakeGitlab::add_user(const std::string& username, Id id) {
  impl_->state.with([&](State& state) { state.users[id] = {id, username}; });
}

void FakeGitlab::add_project(const std::string& path, Id id, const std::string& visibility) {
  impl_->state.with([&](State& state) {
    auto& made = state.projects[id];
    made.id = id;
    made.path = path;
    made.visibility = visibility;
  });
}

void FakeGitlab::set_level(Id project, const std::string& username, Level level) {
  impl_->in(project, [&](State& state, Project& found) { found.levels[state.person(username)] = level; });
}

std::string FakeGitlab::add_token(const std::string& username, const std::string& scope) {
  return impl_->state.with([&](State& state) {
    const auto token = "glpat-" + to_hex(sha256("token " + std::to_string(state.next_id()))).substr(0, 20);
    state.tokens[token] = {state.person(username), scope};
    return token;
  });
}

void FakeGitlab::add_commit(Id project, const std::string& sha, const std::string& parent, const Files& changes) {
  impl_->in(project, [&](State&, Project& found) {
    Commit made{parent, {}};
    if (!parent.empty()) made.files = found.commits.at(parent).files;
    for (const auto& [path, content] : changes) {
      made.files.erase(path);
      if (content) made.files[path] = *content;
    }
    found.commits[sha] = made;
  });
}

void FakeGitlab::set_branch(Id project, const std::string& branch, const std::string& sha) {
  impl_->in(project, [&](State&, Project& found) { found.branches[branch] = sha; });
}

Webhook FakeGitlab::last_webhook() const {
  return impl_->state.with([](const State& state) {
    if (state.webhooks.empty()) throw std::logic_error("the fake GitLab told nothing");
    return state.webhooks.back();
  });
}

std::vector<Write> FakeGitlab::ledger() const {
  return impl_->state.with([](const State& state) { return state.ledger; });
}

std::vector<Asked> FakeGitlab::requests() const {
  return impl_->state.with([](const State& state) { return state.requests; });
}

std::vector<std::string> FakeGitlab::unknown_routes() const {
  return impl_->state.with([](const State& state) { return state.unknown_routes; });
}

Item FakeGitlab::item(Id project, Item::Kind kind, Id iid) const {
  return impl_->in(project, [&](State&, Project& found) { return found.items(kind).at(iid); });
}

Note FakeGitlab::note(Id project, Id note) const {
  return impl_->in(project, [&](State&, Project& there) {
    const auto found = find_note(there, note);
    if (found.note == nullptr) throw std::logic_error("there is no such note");
    return *found.note;
  });
}

Note FakeGitlab::first_note(Id project, const std::string& discussion) const {
  return impl_->in(project, [&](State&, Project& there) {
    const auto found = find_discussion(there, discussion);
    if (found.note == nullptr) throw std::logic_error("there is no such discussion");
    return *found.note;
  });
}

std::vector<Status> FakeGitlab::statuses(Id project, const std::string& sha) const {
  return impl_->in(project, [&](State&, Project& there) {
    std::vector<Status> all;
    for (const auto& one : there.statuses)
      if (one.sha == sha) all.push_back(one);
    return all;
  });
}

void FakeGitlab::limit_notes(int per_minute) {
  impl_->state.with([&](State& state) {
    state.notes_a_minute = per_minute;
    state.notes.clear();
  });
}

void FakeGitlab::limit_requests(int remaining, TimePoint reset) {
  impl_->state.with([&](State& state) {
    state.remaining = remaining;
    state.reset = reset;
  });
}

void FakeGitlab::inject(const Fault& fault) {
  impl_->state.with([&](State& state) { state.faults.push_back({fault, state.last_id + 1}); });
}

}  // namespace greenroom::testing
