#pragma once
// Inside of fake_github only: whether a review's comment may stand where it is wanted.

#include "tests/support/fake_github/call.h"

namespace greenroom::testing::fake {

// The anchor that the body of a review's comment asks for, at that commit. Throws Refusal 422 for what is no anchor.
Anchor anchor_in(const Json& body, const std::string& commit);
// What the host says against it, "line must be part of the diff"; empty for a good one.
std::string fault_of(const Repository& repository, const Issue& issue, const Anchor& anchor);

}  // namespace greenroom::testing::fake
