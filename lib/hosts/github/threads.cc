#include "lib/hosts/github/threads.h"

#include <nlohmann/json.hpp>

namespace greenroom::hosts::github {
namespace {

constexpr std::string_view kThreads =
    "query ReviewThreads($owner: String!, $name: String!, $number: Int!, $first: Int!, $after: String) {"
    " repository(owner: $owner, name: $name) { pullRequest(number: $number) {"
    " reviewThreads(first: $first, after: $after) {"
    " pageInfo { hasNextPage endCursor }"
    " nodes { id isResolved resolvedBy { login } comments(first: 1) { nodes { databaseId } } } } } } }";
constexpr std::string_view kResolve =
    "mutation ResolveThread($threadId: ID!) { resolveReviewThread(input: {threadId: $threadId}) { thread { id } } }";
constexpr std::string_view kUnresolve =
    "mutation UnresolveThread($threadId: ID!) { unresolveReviewThread(input: {threadId: $threadId}) { thread { id } } "
    "}";
constexpr int kMostPages = 100;

void add_threads(const json::Value& list, std::map<std::int64_t, Thread>& threads) {
  for (const auto& node : json::member(list, "nodes")) {
    const auto& comments = json::member(json::member(node, "comments"), "nodes");
    if (!comments.is_array() || comments.empty()) continue;
    threads[json::integer(comments.front(), "databaseId")] = {json::text(node, "id"), json::boolean(node, "isResolved"),
                                                              json::text(json::member(node, "resolvedBy"), "login")};
  }
}

}  // namespace

Result<std::map<std::int64_t, Thread>> threads_of(Api& api, const Access& access, std::int64_t number) {
  std::map<std::int64_t, Thread> threads;
  json::Value variables{
      {"owner", access.owner}, {"name", access.name}, {"number", number}, {"first", 100}, {"after", nullptr}};
  for (int page = 0; page < kMostPages; ++page) {
    GREENROOM_TRY(data, api.graphql(kThreads, variables, access.token));
    const auto& pull = json::member(json::member(data, "repository"), "pullRequest");
    if (pull.is_null()) return not_found("GitHub: there is no such change");
    const auto& list = json::member(pull, "reviewThreads");
    add_threads(list, threads);
    const auto& info = json::member(list, "pageInfo");
    if (!json::boolean(info, "hasNextPage")) return threads;
    variables["after"] = json::text(info, "endCursor");
  }
  return rejected("GitHub's list of threads has more than " + std::to_string(kMostPages) + " pages");
}

Result<void> set_resolved(Api& api, const Access& access, const std::string& node, bool resolved) {
  GREENROOM_CHECK(api.graphql(resolved ? kResolve : kUnresolve, {{"threadId", node}}, access.token));
  return {};
}

}  // namespace greenroom::hosts::github
