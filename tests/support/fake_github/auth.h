#pragma once
// Inside of fake_github only: who asks.

#include "tests/support/fake_github/call.h"

namespace greenroom::testing::fake {

// By the Authorization header: an App's JWT (RS256, verified), or a token. Throws Refusal 401.
Actor authenticate(State& state, const http::Request& request);
// Whether it may ask for this here. Throws Refusal 401, 403, 404.
struct Needs;
void authorise(const Call& call, const Needs& needs);
// Throws Refusal 404 when the caller may not know of it.
void see(const Call& call, const Repository& repository);

std::string new_token(State& state, const Token& token);

}  // namespace greenroom::testing::fake
