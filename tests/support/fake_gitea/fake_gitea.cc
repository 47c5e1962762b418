#include "tests/support/fake_gitea/fake_gitea.h"

#include <stdexcept>

#include "lib/base/synchronized.h"
#include "tests/support/fake_gitea/answer.h"
#include "tests/support/fake_gitea/impl.h"

namespace greenroom::testing {

using namespace gitea;  // this file is the outside of that namespace

namespace {

// A stream that may hold nothing is cut off with its first piece: after the answer's head, before its end.
void hang_up(http::Responder& responder, const http::Response& response) {
  const auto stream = responder.stream({response.status, response.headers, ""});
  stream->write("{");
}

}  // namespace

FakeGitea::FakeGitea(FakeGiteaOptions options) : impl_(std::make_unique<Impl>()) {
  http::ServerOptions how;
  how.stream_limit = 0;
  auto server = http::Server::start(how, [this](const http::Request& request, const auto& responder) {
    Answer answered = impl_->state.with([&](State& state) { return answer(state, request, Call::Half::whole); });
    if (answered.way == Answer::Way::hang_up) return hang_up(*responder, answered.response);
    if (answered.way == Answer::Way::send) return responder->send(std::move(answered.response));
    impl_->held.with([&](auto& held) { held.push_back({responder, request}); });
  });
  if (!server) throw std::runtime_error(server.error().describe());
  impl_->server = std::move(*server);
  if (options.clock == nullptr) options.clock = &system_clock();
  impl_->state.with([&](State& state) {
    state.url = "http://127.0.0.1:" + std::to_string(impl_->server->port());
    state.options = std::move(options);
  });
}

FakeGitea::~FakeGitea() = default;

std::string FakeGitea::url() const {
  return impl_->state.with([](const State& state) { return state.url; });
}

std::string FakeGitea::api_url() const { return url() + "/api/v1"; }

std::vector<Write> FakeGitea::ledger() const {
  return impl_->state.with([](const State& state) { return state.ledger; });
}

std::vector<Asked> FakeGitea::requests() const {
  return impl_->state.with([](const State& state) { return state.requests; });
}

std::vector<std::string> FakeGitea::unknown_routes() const {
  return impl_->state.with([](const State& state) { return state.unknown_routes; });
}

std::vector<Webhook> FakeGitea::webhooks() const {
  return impl_->state.with([](const State& state) { return state.webhooks; });
}

std::vector<Row> FakeGitea::rows(Id repository, std::int64_t number) const {
  return impl_->state.with([&](State& state) {
    std::vector<Row> found;
    for (const auto* row : state.rows_of(state.repository(repository), number)) found.push_back(*row);
    return found;
  });
}

Row FakeGitea::row(Id id) const {
  return impl_->state.with([&](State& state) { return state.row_of(id); });
}

std::vector<Review> FakeGitea::reviews(Id repository, std::int64_t number) const {
  return impl_->state.with([&](State& state) {
    std::vector<Review> found;
    for (const auto& [id, review] : state.reviews)
      if (review.number == number && state.repository_of.at(id) == repository) found.push_back(review);
    return found;
  });
}

std::vector<Status> FakeGitea::statuses(Id repository) const {
  return impl_->state.with([&](State& state) { return state.repository(repository).statuses; });
}

void FakeGitea::inject(Fault fault) {
  impl_->state.with([&](State& state) { state.faults.push_back({std::move(fault), state.last_id + 1}); });
}

int FakeGitea::held() const {
  return impl_->held.with([](const auto& held) { return static_cast<int>(held.size()); });
}

void FakeGitea::release() {
  const auto held = impl_->held.with([](auto& all) { return std::exchange(all, {}); });
  for (const auto& one : held) {
    Answer answered = impl_->state.with([&](State& state) { return answer(state, one.request, Call::Half::second); });
    one.responder->send(std::move(answered.response));
  }
}

}  // namespace greenroom::testing
