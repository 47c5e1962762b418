#pragma once
// Inside of fake_github only: POST /graphql. A refusal there is an answer of 200 with `errors`.

#include <string>
#include <vector>

#include "tests/support/fake_github/call.h"

namespace greenroom::testing::fake {

Reply answer_graphql(Call& call);
// The fields at the document's root: what faults name. Empty for what cannot be read.
std::vector<std::string> operations_in(const std::string& body);

}  // namespace greenroom::testing::fake
