#pragma once
// Inside of fake_github only: what the host tells the App. Shapes: docs.github.com, "Webhook events and payloads".

#include "tests/support/fake_github/render.h"

namespace greenroom::testing::fake {

// Signed and kept, if the App is installed on the repository; the host tells nobody else.
// `members`: those of the event, beside action, repository, sender and installation. An empty action is none.
void tell(State& state, const Repository& repository, const std::string& event, const std::string& action, Id sender,
          const Json& members);
// The same delivery again, under its own GUID and another id.
void tell_again(State& state, Webhook webhook);

}  // namespace greenroom::testing::fake
