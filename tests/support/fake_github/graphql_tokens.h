#pragma once
// Inside of fake_github only: a GraphQL document's tokens. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace greenroom::testing::fake {

struct GraphqlToken {
  enum class Kind { name, number, text, sign, end } kind = Kind::end;
  std::string value;  // of a text: what it stands for
};

// Ends with one of the kind `end`. Throws GraphqlError.
std::vector<GraphqlToken> graphql_tokens(std::string_view document);

}  // namespace greenroom::testing::fake
