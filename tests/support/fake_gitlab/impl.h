#pragma once
// Inside of fake_gitlab only: what FakeGitlab holds.

#include "lib/base/synchronized.h"
#include "tests/support/fake_gitlab/state.h"

namespace greenroom::testing {

struct FakeGitlab::Impl {
  mutable Synchronized<gitlab::State> state;
  std::unique_ptr<http::Server> server;  // last: it stops before the rest goes

  // Under the lock, with the project found.
  template <class Act>
  decltype(auto) in(gitlab::Id project, Act&& act) const {
    return state.with([&](gitlab::State& all) -> decltype(auto) { return act(all, all.projects.at(project)); });
  }
};

}  // namespace greenroom::testing
