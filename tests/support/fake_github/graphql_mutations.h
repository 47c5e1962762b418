#pragma once
// Inside of fake_github only: what GraphQL changes, and what it finds by a node's id.

#include "tests/support/fake_github/call.h"
#include "tests/support/fake_github/graphql_parse.h"

namespace greenroom::testing::fake {

struct Denied {  // thrown: an error of this field alone
  std::string type, message;
};

// The mutation's payload. Throws Denied.
Json mutate(Call& call, const Selection& asked);
// The object of that id. Throws Denied.
Json node(Call& call, const std::string& id);

bool may_see(const Call& call, const Repository& repository);
bool may_in(const Call& call, Repository& repository, std::string_view section, Access access);

}  // namespace greenroom::testing::fake
