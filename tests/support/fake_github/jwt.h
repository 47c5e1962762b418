#pragma once
// Inside of fake_github only: whether a JSON web token is the App's. Rules: docs.github.com, "Generating a JSON Web
// Token for a GitHub App".

#include <optional>
#include <string>

#include "tests/support/fake_github/fake_github.h"

namespace greenroom::testing::fake {

// What the host says against it; nullopt for a good one. Pure.
std::optional<std::string> fault_of_jwt(const std::string& token, const FakeGithubOptions& options, TimePoint now);

}  // namespace greenroom::testing::fake
