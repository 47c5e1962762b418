#pragma once
// Inside of fake_github only: how often a token may ask. docs.github.com, "Rate limits for the REST API".

#include "tests/support/fake_github/call.h"

namespace greenroom::testing::fake {

// Counts the request. Throws Refusal once the primary limit is used up.
void count_request(State& state, const Actor& actor);
// Counts a write of content. Throws Refusal beyond the secondary limit.
void count_write(State& state);
Headers limit_headers(const State& state);
Json limits_json(const State& state);

}  // namespace greenroom::testing::fake
