#pragma once
// Inside of fake_github only: from a request to its answer.

#include "lib/http/server.h"
#include "tests/support/fake_github/state.h"

namespace greenroom::testing::fake {

struct Answer {
  http::Response response;
  bool hang_up = false;  // the connection ends within the answer
};
Answer answer(State& state, const http::Request& request);

}  // namespace greenroom::testing::fake
