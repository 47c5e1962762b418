#pragma once
// Inside of fake_github only: the part of GitHub's schema that this fake has. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/fake_github/graphql_parse.h"

namespace greenroom::testing::fake {

// Nothing is done of a document that asks for what the schema has not. Throws GraphqlError.
void validate(const Operation& operation);
// Whether a value of that type is seen through a fragment on the other.
bool is_a(std::string_view type, std::string_view other);
bool is_connection(std::string_view type);
// The type of a type's field; empty: a scalar. The field is there: it was validated.
std::string type_of_field(std::string_view type, std::string_view field);

}  // namespace greenroom::testing::fake
