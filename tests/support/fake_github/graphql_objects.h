#pragma once
// Inside of fake_github only: objects as GraphQL has them, whole: each with its `__typename`, a connection as the list
// of all its nodes. What a query asks of them is taken by graphql.cc.

#include "tests/support/fake_github/call.h"

namespace greenroom::testing::fake {

Json user_object(const State& state, Id user);
Json repository_object(const Repository& repository);
Json pull_object(const Call& call, const Repository& repository, const Issue& issue);
Json thread_object(const Call& call, const Repository& repository, const Thread& thread);
Json comment_object(const Call& call, const Repository& repository, const Comment& comment);

}  // namespace greenroom::testing::fake
