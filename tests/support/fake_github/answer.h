#pragma once
// Inside of fake_github only: from a request to its answer.

#include "lib/http/server.h"
#include "tests/support/fake_github/state.h"

namespace greenroom::testing::fake {

struct Answer {
  http::Response response;
  enum class Way { send, hang_up, hold } way = Way::send;
};
Answer answer(State& state, const http::Request& request);

}  // namespace greenroom::testing::fake
