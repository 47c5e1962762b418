#include "tests/support/fake_github/fake_github.h"

#include <algorithm>
#include <stdexcept>

#include "lib/base/hash.h"
#include "lib/http/client.h"
#include "tests/support/fake_github/answer.h"
#include "tests/support/fake_github/auth.h"
#include "tests/support/fake_github/impl.h"

namespace greenroom::testing {

using namespace fake;  // this file is the outside of that namespace

namespace {

// A stream that may hold nothing is cut off with its first piece: after the answer's head, before its end.
void hang_up(http::Responder& responder, const http::Response& response) {
  const auto stream = responder.stream({response.status, response.headers, ""});
  stream->write("{");
}

}  // namespace

Permissions least_permissions() {
  return {
      {"metadata", "read"}, {"contents", "read"}, {"pull_requests", "write"}, {"issues", "write"}, {"checks", "write"}};
}

FakeGithub::FakeGithub(Options options) : impl_(std::make_unique<Impl>()) {
  http::ServerOptions how;
  how.stream_limit = 0;
  auto server = http::Server::start(how, [this](const http::Request& request, const auto& responder) {
    Answer answered = impl_->state.with([&](State& state) { return answer(state, request); });
    if (answered.way == Answer::Way::hang_up) return hang_up(*responder, answered.response);
    if (answered.way == Answer::Way::send) return responder->send(std::move(answered.response));
    impl_->held.with([&](auto& held) { held.push_back({responder, std::move(answered.response)}); });
  });
  if (!server) throw std::runtime_error(server.error().describe());
  impl_->server = std::move(*server);
  if (options.clock == nullptr) options.clock = &system_clock();
  impl_->state.with([&](State& state) {
    state.url = "http://127.0.0.1:" + std::to_string(impl_->server->port());
    state.users[options.bot_id] = {User::Type::bot, options.bot_id, options.app_slug + "[bot]"};
    state.options = std::move(options);
  });
}

FakeGithub::~FakeGithub() = default;

std::string FakeGithub::url() const {
  return impl_->state.with([](const State& state) { return state.url; });
}

Id FakeGithub::add_user(const std::string& login, Id id) {
  return impl_->state.with([&](State& state) { return state.users[id] = {User::Type::person, id, login}, id; });
}

namespace {

Id account_named(State& state, const std::string& login) {
  if (const auto* user = state.find_user(login)) return user->id;
  const Id id = state.next_id();
  state.users[id] = {User::Type::organisation, id, login};
  return id;
}

}  // namespace

Id FakeGithub::add_installation(const std::string& account, const Permissions& permissions,
                                const std::vector<Id>& repositories) {
  return impl_->state.with([&](State& state) {
    Installation made;
    made.account = account_named(state, account);
    made.id = state.next_id();
    made.permissions = permissions;
    made.repositories = {repositories.begin(), repositories.end()};
    state.installations[made.id] = made;
    return made.id;
  });
}

Id FakeGithub::add_repository(const std::string& owner, const std::string& name, Id id,
                              const std::string& default_branch, bool is_private) {
  return impl_->state.with([&](State& state) {
    Repository& made = state.repositories[id];
    made.id = id;
    made.owner = account_named(state, owner);
    made.owner_login = owner;
    made.name = name;
    made.default_branch = default_branch;
    made.is_private = is_private;
    return id;
  });
}

void FakeGithub::rename_repository(Id repository, const std::string& new_name) {
  impl_->in(repository, [&](State& state, Repository& found) {
    state.former_names[lower(found.full_name())] = repository;
    found.name = new_name;
    state.former_names.erase(lower(found.full_name()));
  });
}

void FakeGithub::set_role(Id repository, const std::string& login, Role role) {
  impl_->in(repository, [&](State& state, Repository& found) { found.roles[state.person(login)] = role; });
}

std::string FakeGithub::add_commit(Id repository, const std::string& parent, const Files& changes,
                                   const std::string& sha) {
  return impl_->in(repository, [&](State& state, Repository& found) {
    Commit made;
    made.parent = parent;
    made.at = state.now();
    made.sha = sha.empty() ? to_hex(sha256("commit " + std::to_string(state.next_id()))).substr(0, 40) : sha;
    if (!parent.empty()) made.files = found.commits.at(parent).files;
    for (const auto& [path, content] : changes) {
      if (content)
        made.files[path] = *content;
      else
        made.files.erase(path);
    }
    found.commits[made.sha] = made;
    return made.sha;
  });
}

void FakeGithub::add_file(Id repository, const std::string& sha, const std::string& path, const std::string& content) {
  impl_->in(repository, [&](State&, Repository& found) { found.commits.at(sha).files[path] = content; });
}

void FakeGithub::set_branch(Id repository, const std::string& branch, const std::string& sha) {
  impl_->in(repository, [&](State&, Repository& found) { found.branches[branch] = sha; });
}

std::string FakeGithub::add_personal_token(const std::string& login) {
  return impl_->state.with([&](State& state) {
    Token token;
    token.of = state.person(login);
    return new_token(state, token);
  });
}

std::string FakeGithub::add_installation_token(Id installation) {
  return impl_->state.with([&](State& state) {
    const auto& found = state.installations.at(installation);
    return new_token(state, {Token::Kind::installation, installation, found.permissions, found.repositories,
                             state.now() + std::chrono::hours(1)});
  });
}

std::vector<Webhook> FakeGithub::webhooks() const {
  return impl_->state.with([](const State& state) { return state.webhooks; });
}

Webhook FakeGithub::last_webhook() const {
  return impl_->state.with([](const State& state) {
    if (state.webhooks.empty()) throw std::logic_error("the fake GitHub told nothing: is the App installed?");
    return state.webhooks.back();
  });
}

void FakeGithub::answer_webhooks_with(int status) {
  impl_->state.with([&](State& state) { state.webhook_status = status; });
}

std::size_t FakeGithub::send_webhooks(const std::string& url) {
  const auto scheme = url.find("://"), slash = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
  http::Client client(url.substr(0, slash));
  std::size_t sent = 0;
  for (;; ++sent) {
    const auto next = impl_->state.with([](State& state) -> std::optional<Webhook> {
      if (state.webhooks_sent == state.webhooks.size()) return std::nullopt;
      return state.webhooks[state.webhooks_sent];
    });
    if (!next) return sent;
    const auto answer =
        client.send({"POST", slash == std::string::npos ? "/" : url.substr(slash), next->headers, next->body});
    impl_->state.with(
        [&](State& state) { state.webhooks[state.webhooks_sent++].status = answer ? answer->status : 0; });
  }
}

void FakeGithub::limit_content_writes(int per_minute, int per_hour, int status) {
  impl_->state.with([&](State& state) {
    state.limits.per_minute = per_minute;
    state.limits.per_hour = per_hour;
    state.limits.status = status;
    state.limits.writes.clear();
  });
}

void FakeGithub::limit_requests(int remaining, TimePoint reset) {
  impl_->state.with([&](State& state) {
    state.limits.remaining = remaining;
    state.limits.reset = reset;
  });
}

void FakeGithub::inject(Fault fault) {
  impl_->state.with([&](State& state) { state.faults.push_back({std::move(fault), state.last_id + 1}); });
}

void FakeGithub::heal() {
  impl_->state.with([](State& state) { state.faults.clear(); });
}

int FakeGithub::faults_to_come() const {
  return impl_->state.with([](const State& state) {
    int left = 0;
    for (const auto& injected : state.faults) left += injected.fault.count;
    return left;
  });
}

int FakeGithub::held() const {
  return impl_->held.with([](const auto& held) { return static_cast<int>(held.size()); });
}

void FakeGithub::release() {
  const auto held = impl_->held.with([](auto& all) { return std::exchange(all, {}); });
  for (const auto& one : held) one.responder->send(one.response);
}

}  // namespace greenroom::testing
