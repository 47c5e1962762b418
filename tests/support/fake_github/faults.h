#pragma once
// Inside of fake_github, and of fake_gitlab for fits() alone: which injected fault a request meets.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/fake_github/state.h"

namespace greenroom::testing::fake {

// Takes one of the fault's times. `paths`: the request's path as it was sent, and with the repository's present name.
std::optional<Injected> take_fault(State& state, const std::string& method, const std::vector<std::string>& paths,
                                   const std::vector<std::string>& operations);
// '*' is any text. Pure.
bool fits(std::string_view pattern, std::string_view text);

}  // namespace greenroom::testing::fake
