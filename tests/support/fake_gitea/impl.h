#pragma once
// Inside of fake_gitea only: what FakeGitea holds.

#include "lib/base/synchronized.h"
#include "lib/http/server.h"
#include "tests/support/fake_gitea/state.h"

namespace greenroom::testing {

struct FakeGitea::Impl {
  struct Held {
    std::shared_ptr<http::Responder> responder;
    http::Request request;
  };
  mutable Synchronized<gitea::State> state;
  Synchronized<std::vector<Held>> held;
  std::unique_ptr<http::Server> server;  // last: it stops before the rest goes

  // Under the lock, with the repository found.
  template <class Act>
  decltype(auto) in(gitea::Id repository, Act&& act) {
    return state.with([&](gitea::State& all) -> decltype(auto) { return act(all, all.repository(repository)); });
  }
};

}  // namespace greenroom::testing
