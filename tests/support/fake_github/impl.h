#pragma once
// Inside of fake_github only: what FakeGithub holds.

#include "lib/base/synchronized.h"
#include "lib/http/server.h"
#include "tests/support/fake_github/state.h"

namespace greenroom::testing {

struct FakeGithub::Impl {
  struct Held {
    std::shared_ptr<http::Responder> responder;
    http::Response response;
  };
  mutable Synchronized<fake::State> state;
  Synchronized<std::vector<Held>> held;
  std::unique_ptr<http::Server> server;  // last: it stops before the rest goes

  // Under the lock, with the repository found.
  template <class Act>
  decltype(auto) in(fake::Id repository, Act&& act) const {
    return state.with([&](fake::State& all) -> decltype(auto) { return act(all, all.repository(repository)); });
  }
};

}  // namespace greenroom::testing
