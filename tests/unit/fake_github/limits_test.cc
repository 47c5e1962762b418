// Limits, and what goes wrong on the way.

#include <future>

#include "tests/support/wait.h"
#include "tests/unit/fake_github/ground.h"

namespace greenroom::testing {
namespace {

using namespace std::chrono_literals;
using fake::Fault;
using FakeGithubLimits = FakeGithubTest;
using FakeGithubFaults = FakeGithubTest;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(FakeGithubLimits, AMinuteHasSoManyWrites) {
  github_.limit_content_writes(2, 0);
  EXPECT_EQ(post(in_issue("/comments"), {{"body", "1"}}).status, 201);
  clock_.advance(20s);
  EXPECT_EQ(post(in_issue("/comments"), {{"body", "2"}}).status, 201);
  const auto refused = post(in_issue("/comments"), {{"body", "3"}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.message(), HasSubstr("secondary rate limit"));
  EXPECT_EQ(refused.header("retry-after"), "40");
  EXPECT_EQ(get(in_issue("")).status, 200) << "reading is free";
  clock_.advance(40s);
  EXPECT_EQ(post(in_issue("/comments"), {{"body", "3"}}).status, 201);
  EXPECT_EQ(writes(), 3u);
}

TEST_F(FakeGithubLimits, AnHourHasSoManyToo) {
  github_.limit_content_writes(80, 2, 429);
  comment_on_line(3);
  const std::string id = github_.review_threads(kRepository, kPull).at(0).id;
  graphql("mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { clientMutationId } }", {{"id", id}});
  const auto refused = post(in_issue("/comments"), {{"body", "3"}});
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("retry-after"), "3600");
}

TEST_F(FakeGithubLimits, RequestsAreCountedUntilTheReset) {
  EXPECT_EQ(get(there("")).header("x-ratelimit-limit"), "5000");
  github_.limit_requests(1, clock_.now() + 10min);
  EXPECT_EQ(get(there("")).header("x-ratelimit-remaining"), "0");
  const auto refused = get(there(""));
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.message(), HasSubstr("API rate limit exceeded"));
  EXPECT_EQ(refused.header("x-ratelimit-remaining"), "0");
  EXPECT_EQ(refused.header("x-ratelimit-reset"), "1772442600");
  clock_.advance(10min);
  EXPECT_EQ(get(there("")).status, 200);
}

TEST_F(FakeGithubFaults, ARefusalChangesNothing) {
  github_.inject(
      {.what = Fault::What::refuse, .method = "POST", .path = "/repos/*/issues/*/comments", .count = 2, .status = 503});
  EXPECT_EQ(github_.faults_to_come(), 2);
  EXPECT_EQ(post(in_issue("/comments"), {{"body", "1"}}).status, 503);
  EXPECT_EQ(get(in_issue("/comments")).status, 200) << "it is no POST";
  EXPECT_EQ(post("/repositories/77/issues/2/comments", {{"body", "1"}}).status, 503) << "by its other address";
  EXPECT_EQ(post(in_issue("/comments"), {{"body", "1"}}).status, 201);
  EXPECT_EQ(writes(), 1u);
}

TEST_F(FakeGithubFaults, SomethingHappensAndIsAnsweredWithAnError) {
  github_.inject({.what = Fault::What::act_then_answer, .method = "POST"});
  EXPECT_EQ(post(in_issue("/comments"), {{"body", "1"}}).status, 502);
  EXPECT_THAT(github_.comments(kRepository, kIssue), SizeIs(1));
  EXPECT_EQ(writes(), 1u);
}

TEST_F(FakeGithubFaults, SomethingHappensAndTheConnectionEnds) {
  github_.inject({.what = Fault::What::act_then_hang_up, .path = "*/comments"});
  EXPECT_EQ(post(in_issue("/comments"), {{"body", "1"}}).status, 0);
  EXPECT_THAT(github_.comments(kRepository, kIssue), SizeIs(1));
  EXPECT_EQ(get(in_issue("/comments")).status, 200);
}

TEST_F(FakeGithubFaults, SomethingHappensAndTheAnswerWaits) {
  github_.inject({.what = Fault::What::act_then_hold, .method = "POST"});
  auto asking = std::async(std::launch::async, [&] { return post(in_issue("/comments"), {{"body", "1"}}).status; });
  EXPECT_TRUE(wait_until([&] { return github_.held() == 1; }));
  EXPECT_THAT(github_.comments(kRepository, kIssue), SizeIs(1));
  EXPECT_EQ(get(in_issue("/comments")).status, 200) << "others are served";
  github_.release();
  EXPECT_EQ(asking.get(), 201);
  EXPECT_EQ(github_.held(), 0);
}

TEST_F(FakeGithubFaults, AnOperationOfGraphqlCanFail) {
  comment_on_line(3);
  const std::string id = github_.review_threads(kRepository, kPull).at(0).id;
  const auto* resolve = "mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { clientMutationId } }";
  github_.inject({.what = Fault::What::act_then_hang_up, .operation = "resolveReviewThread"});
  EXPECT_EQ(graphql("{ viewer { login } }").status, 200);
  EXPECT_EQ(graphql(resolve, {{"id", id}}).status, 0);
  EXPECT_TRUE(github_.review_threads(kRepository, kPull).at(0).resolved);
}

TEST_F(FakeGithubFaults, AListCanBeStale) {
  post(in_issue("/comments"), {{"body", "Before"}});
  github_.inject({.what = Fault::What::hide_recent, .method = "GET", .path = "*/comments"});
  post(in_issue("/comments"), {{"body", "After"}});
  EXPECT_THAT(get(in_issue("/comments")).body, SizeIs(1));
  EXPECT_THAT(get(in_issue("/comments")).body, SizeIs(2)) << "a moment later";
}

TEST_F(FakeGithubFaults, ThreadsCanBeStale) {
  github_.inject({.what = Fault::What::hide_recent, .operation = "repository"});
  comment_on_line(3);
  const auto count = [&] {
    return graphql(
               "{ repository(owner: \"studio\", name: \"pipeline\") { pullRequest(number: 1) { "
               "reviewThreads(first: 9) { totalCount } } } }")
        .body["data"]["repository"]["pullRequest"]["reviewThreads"]["totalCount"];
  };
  EXPECT_EQ(count(), 0);
  EXPECT_EQ(count(), 1);
}

TEST_F(FakeGithubFaults, TheyEndWhenTheyAreHealed) {
  github_.inject({.count = 100});
  EXPECT_EQ(get(there("")).status, 502);
  github_.heal();
  EXPECT_EQ(get(there("")).status, 200);
  EXPECT_THAT(github_.unknown_routes(), IsEmpty());
}

}  // namespace
}  // namespace greenroom::testing
