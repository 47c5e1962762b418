// Review threads, which REST does not know.

#include "tests/unit/fake_github/ground.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kThreads = R"(
query Threads($owner: String!, $name: String!, $number: Int!, $first: Int = 100, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: $first, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id isResolved isOutdated path line
          resolvedBy { login databaseId }
          comments(first: 50) { nodes { databaseId body author { login ... on Bot { databaseId } } } }
        }
      }
    }
  }
})";
constexpr const char* kResolve = R"(
mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { thread { isResolved } } })";
constexpr const char* kUnresolve = R"(
mutation($id: ID!) { unresolveReviewThread(input: {threadId: $id}) { thread { isResolved } } })";

class FakeGithubGraphql : public FakeGithubTest {
 protected:
  Json variables(const Json& more = Json::object()) {
    Json all{{"owner", "studio"}, {"name", "pipeline"}, {"number", 1}};
    all.update(more);
    return all;
  }
  Json threads(const Json& more = Json::object()) {
    const auto answer = graphql(kThreads, variables(more));
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.body.contains("errors")) << answer.body;
    return answer.body["data"]["repository"]["pullRequest"]["reviewThreads"];
  }
};

TEST_F(FakeGithubGraphql, ListsThreadsWithTheirComments) {
  const auto first = comment_on_line(3, "A note").body["id"];
  github_.person_replies(kRepository, first, "maya", "Why?");
  const auto nodes = threads()["nodes"];
  ASSERT_THAT(nodes, SizeIs(1));
  EXPECT_EQ(nodes[0]["path"], "src/a.py");
  EXPECT_EQ(nodes[0]["line"], 3);
  EXPECT_EQ(nodes[0]["isResolved"], false);
  EXPECT_EQ(nodes[0]["resolvedBy"], nullptr);
  const auto& comments = nodes[0]["comments"]["nodes"];
  ASSERT_THAT(comments, SizeIs(2));
  EXPECT_EQ(comments[0]["databaseId"], first);
  EXPECT_EQ(comments[0]["author"], Json({{"login", "greenroom"}, {"databaseId", 9000}}));
  EXPECT_EQ(comments[1]["author"], Json({{"login", "maya"}})) << "she is no bot";
}

TEST_F(FakeGithubGraphql, PagesByCursor) {
  for (const int line : {1, 2, 3}) comment_on_line(line);
  const auto first = threads({{"first", 2}});
  EXPECT_THAT(first["nodes"], SizeIs(2));
  EXPECT_EQ(first["pageInfo"]["hasNextPage"], true);
  const auto rest = threads({{"first", 2}, {"after", first["pageInfo"]["endCursor"]}});
  ASSERT_THAT(rest["nodes"], SizeIs(1));
  EXPECT_EQ(rest["nodes"][0]["line"], 3);
  EXPECT_EQ(rest["pageInfo"]["hasNextPage"], false);
  EXPECT_THAT(graphql(kThreads, variables({{"first", 101}})).body.dump(), HasSubstr("limit of 100 records"));
  EXPECT_THAT(graphql(kThreads, variables({{"after", "7"}})).body.dump(), HasSubstr("valid cursor"));
}

TEST_F(FakeGithubGraphql, ResolvesAndUnresolvesOnce) {
  comment_on_line(3);
  const std::string id = threads()["nodes"][0]["id"];
  const auto resolved = graphql(kResolve, {{"id", id}});
  EXPECT_EQ(resolved.body["data"]["resolveReviewThread"]["thread"]["isResolved"], true) << resolved.body;
  EXPECT_EQ(threads()["nodes"][0]["resolvedBy"], Json({{"login", "greenroom"}, {"databaseId", 9000}}));
  graphql(kResolve, {{"id", id}});
  graphql(kUnresolve, {{"id", id}});
  EXPECT_FALSE(github_.review_threads(kRepository, kPull).at(0).resolved);
  ASSERT_THAT(github_.ledger(), SizeIs(3)) << "a comment, and each way once";
  EXPECT_EQ(github_.ledger()[1].kind, "thread.resolve");
  EXPECT_EQ(github_.ledger()[2].kind, "thread.unresolve");
  EXPECT_EQ(github_.ledger()[2].repository, kRepository);
}

TEST_F(FakeGithubGraphql, SaysWhichPersonResolvedAThread) {
  const auto first = comment_on_line(3).body["id"];
  github_.person_resolves(kRepository, first, "ben");
  EXPECT_EQ(threads()["nodes"][0]["resolvedBy"]["databaseId"], kBen);
  github_.person_unresolves(kRepository, first, "ben");
  EXPECT_EQ(threads()["nodes"][0]["isResolved"], false);
}

TEST_F(FakeGithubGraphql, ErrorsComeWithStatus200) {
  const auto missing = graphql(kThreads, variables({{"number", 4711}}));
  EXPECT_EQ(missing.status, 200);
  EXPECT_EQ(missing.body["errors"][0]["type"], "NOT_FOUND");
  EXPECT_EQ(missing.body["errors"][0]["message"], "Could not resolve to a PullRequest with the number of 4711.");
  EXPECT_EQ(missing.body["data"]["repository"]["pullRequest"], nullptr);
  EXPECT_EQ(graphql(kThreads, variables({{"name", "other"}})).body["data"]["repository"], nullptr);
  const auto unknown = graphql(kResolve, {{"id", "PRRT_none"}});
  EXPECT_EQ(unknown.status, 200);
  EXPECT_EQ(unknown.body["errors"][0]["type"], "NOT_FOUND");
  EXPECT_EQ(unknown.body["data"]["resolveReviewThread"], nullptr);
}

TEST_F(FakeGithubGraphql, WhatTheSchemaHasNotIsRefusedBeforeAnythingIsDone) {
  comment_on_line(3);
  const std::string id = threads()["nodes"][0]["id"];
  const auto message = [&](const std::string& query, const Json& given = Json::object()) {
    const auto answer = graphql(query, given);
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.body.contains("data")) << answer.body;
    return answer.body["errors"][0]["message"].get<std::string>();
  };
  EXPECT_THAT(
      message("mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { thread { solved } } }", {{"id", id}}),
      HasSubstr("Field 'solved' doesn't exist on type 'PullRequestReviewThread'"));
  EXPECT_FALSE(github_.review_threads(kRepository, kPull).at(0).resolved);
  EXPECT_THAT(message(kResolve), HasSubstr("$id of type ID! was provided invalid value"));
  EXPECT_THAT(message("{ viewer { login "), HasSubstr("Unexpected end"));
  EXPECT_THAT(message("{ viewer }"), HasSubstr("must have selections"));
  EXPECT_THAT(message("query($n: Int!) { repository(owner: \"studio\", name: \"pipeline\") { "
                      "pullRequest(number: $n) { author { databaseId } } } }",
                      {{"n", 1}}),
              HasSubstr("'databaseId' doesn't exist on type 'Actor'"));
  EXPECT_THAT(message("{ repository(owner: \"studio\", name: \"pipeline\") { pullRequest(number: 1) { "
                      "reviewThreads { totalCount } } } }"),
              HasSubstr("`first` or `last`"));
}

TEST_F(FakeGithubGraphql, HidesACommentUnderAClassifier) {
  const auto made = post(in_issue("/comments"), {{"body", "Old"}});
  const auto* hide =
      "mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) "
      "{ minimizedComment { isMinimized minimizedReason } } }";
  const auto hidden = graphql(hide, {{"id", made.body["node_id"]}});
  EXPECT_EQ(hidden.body["data"]["minimizeComment"]["minimizedComment"],
            Json({{"isMinimized", true}, {"minimizedReason", "outdated"}}));
  EXPECT_EQ(github_.comments(kRepository, kIssue).at(0).minimized, "OUTDATED");
  EXPECT_TRUE(graphql("mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: BORING}) "
                      "{ clientMutationId } }",
                      {{"id", made.body["node_id"]}})
                  .body.contains("errors"));
}

TEST_F(FakeGithubGraphql, AReaderResolvesNothing) {
  comment_on_line(3);
  const std::string id = threads()["nodes"][0]["id"];
  github_.set_role(kRepository, "zoe", fake::Role::read);
  const auto zoe = github_.add_personal_token("zoe"), maya = github_.add_personal_token("maya");
  const Json body{{"query", kResolve}, {"variables", {{"id", id}}}};
  EXPECT_EQ(ask_as(zoe, "POST", "/graphql", body).body["errors"][0]["type"], "FORBIDDEN");
  EXPECT_FALSE(ask_as(maya, "POST", "/graphql", body).body.contains("errors")) << "the change is hers";
  EXPECT_EQ(ask_as("", "POST", "/graphql", body).status, 401);
}

TEST_F(FakeGithubGraphql, ATokenSeesItsRepositoriesOnly) {
  github_.add_repository("elsewhere", "other", 79);
  const auto answer = graphql("{ repository(owner: \"elsewhere\", name: \"other\") { id } }");
  EXPECT_EQ(answer.body["errors"][0]["type"], "NOT_FOUND");
}

TEST_F(FakeGithubGraphql, AFormerNameLeadsOn) {
  github_.rename_repository(kRepository, "line");
  EXPECT_EQ(graphql("{ it: repository(owner: \"studio\", name: \"pipeline\") { nameWithOwner } }").body["data"]["it"],
            Json({{"nameWithOwner", "studio/line"}}));
}

}  // namespace
}  // namespace greenroom::testing
