#pragma once
// Inside of fake_github only: objects as REST and webhooks show them. Shapes: docs.github.com, the REST reference; the
// members that clients read, not all. Pure.

#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/fake_github/state.h"

namespace greenroom::testing::fake {

using Json = nlohmann::json;

enum class Detail { listed, full };  // a list leaves members out that one object has

std::string iso(TimePoint time);                               // "2026-03-02T09:00:00Z"
Json time_or_null(TimePoint time);                             // null for none
std::string node_id(std::string_view kind, Id id);             // "PRRC_100001"
std::string slug_login(const State& state, const User& user);  // GraphQL's: a bot's without "[bot]"

Json user_json(const State& state, Id user);
Json repository_json(const State& state, const Repository& repository);
Json installation_json(const State& state, const Installation& installation);
Json app_json(const State& state);
Json label_json(const Repository& repository, const Label& label);
Json label_json(const Repository& repository, const std::string& name);
Json issue_json(const State& state, const Repository& repository, const Issue& issue);
Json pull_json(const State& state, const Repository& repository, const Issue& issue, Detail detail);
Json comment_json(const State& state, const Repository& repository, const Comment& comment);  // of either kind
Json review_json(const State& state, const Repository& repository, const Review& review);
Json reaction_json(const State& state, const Reaction& reaction);
Json reactions_summary(const std::vector<Reaction>& reactions);
Json status_json(const State& state, const Repository& repository, const Status& status);
Json check_run_json(const State& state, const Repository& repository, const CheckRun& run);
std::string base_sha_of(const Repository& repository, const Pull& pull);

}  // namespace greenroom::testing::fake
