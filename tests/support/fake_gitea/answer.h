#pragma once
// Inside of fake_gitea only: from a request to its answer.

#include "tests/support/fake_gitea/call.h"

namespace greenroom::testing::gitea {

struct Answer {
  http::Response response;
  enum class Way { send, hang_up, hold } way = Way::send;
};
// `half`: second for what was held midway.
Answer answer(State& state, const http::Request& request, Call::Half half);

}  // namespace greenroom::testing::gitea
