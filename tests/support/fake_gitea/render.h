#pragma once
// Inside of fake_gitea only: objects as the API and webhooks show them, with the members that clients read. Shapes:
// modules/structs of Gitea and Forgejo.

#include <nlohmann/json.hpp>

#include "tests/support/fake_gitea/state.h"

namespace greenroom::testing::gitea {

using Json = nlohmann::json;

Json user_json(const State& state, Id user);  // null for 0
Json repository_json(const State& state, const Repository& repository);
Json issue_json(const State& state, const Repository& repository, const Issue& issue);
Json pull_json(const State& state, const Repository& repository, const Issue& issue);
Json comment_json(const State& state, const Row& row);
Json code_json(const State& state, const Row& row);  // as the comments of a review are listed
Json timeline_json(const State& state, const Repository& repository, const Row& row);
Json review_json(const State& state, const Review& review);
Json status_json(const Status& status);

// Signed, and kept.
void tell_of_issue(State& state, const Repository& repository, const Issue& issue, const std::string& action, Id who);
void tell_of_comment(State& state, const Repository& repository, const Issue& issue, const Row& row);
void tell_of_review(State& state, const Repository& repository, const Issue& issue, const Review& review);

}  // namespace greenroom::testing::gitea
