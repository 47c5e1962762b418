// Reviews, and what may stand on which line. The change makes line 3 of src/a.py another and adds one after 15: its
// hunks are 1 to 6 and 13 to 19 of the head.

#include "tests/unit/fake_github/ground.h"

namespace greenroom::testing {
namespace {

using FakeGithubReviews = FakeGithubTest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(FakeGithubReviews, TheDiffIsCalculatedFromTheFiles) {
  const auto files = get(in_pull("/files")).body;
  ASSERT_THAT(files, SizeIs(1));
  EXPECT_EQ(files[0]["filename"], "src/a.py");
  EXPECT_EQ(files[0]["status"], "modified");
  EXPECT_EQ(files[0]["additions"], 2);
  EXPECT_EQ(files[0]["patch"],
            "@@ -1,6 +1,6 @@\n line 1\n line 2\n-line 3\n+another line 3\n line 4\n line 5\n line 6\n"
            "@@ -13,6 +13,7 @@\n line 13\n line 14\n line 15\n+a new line\n line 16\n line 17\n line 18");
  EXPECT_THAT(get(in_pull("/commits")).body, SizeIs(1));
  EXPECT_EQ(get(in_pull("")).body["additions"], 2);
}

TEST_F(FakeGithubReviews, ACommentStandsOnALineOfTheDiff) {
  const auto made = comment_on_line(3);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.body["line"], 3);
  EXPECT_EQ(made.body["path"], "src/a.py");
  EXPECT_EQ(made.body["diff_hunk"], "@@ -1,6 +1,6 @@\n line 1\n line 2\n-line 3\n+another line 3")
      << "down to its line, under the whole hunk's head";
  EXPECT_EQ(made.body["user"]["login"], "greenroom[bot]");
  EXPECT_EQ(comment_on_line(6).status, 201) << "the hunk's context is part of it";
}

TEST_F(FakeGithubReviews, ACommentBesideTheDiffIsRefused) {
  const auto refused = comment_on_line(9);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body["errors"][0]["message"], HasSubstr("line must be part of the diff"));
  EXPECT_THAT(comment_on_line(3, "words", {{"path", "README.md"}}).body.dump(), HasSubstr("path is invalid"));
  EXPECT_EQ(comment_on_line(0).status, 422);
  EXPECT_THAT(github_.comments(kRepository, kPull), IsEmpty());
}

TEST_F(FakeGithubReviews, ARangeLiesInOneHunkAndRunsForward) {
  EXPECT_EQ(comment_on_line(4, "A range", {{"start_line", 2}, {"start_side", "RIGHT"}}).status, 201);
  EXPECT_THAT(comment_on_line(16, "words", {{"start_line", 4}}).body.dump(), HasSubstr("same hunk"));
  EXPECT_THAT(comment_on_line(3, "words", {{"start_line", 3}}).body.dump(), HasSubstr("must precede the end line"));
  const auto thread = github_.review_threads(kRepository, kPull).at(0);
  EXPECT_EQ(thread.anchor.start_line, 2);
  EXPECT_EQ(thread.anchor.line, 4);
}

TEST_F(FakeGithubReviews, ARemovedLineIsOnTheLeft) {
  EXPECT_EQ(comment_on_line(3, "It was better", {{"side", "LEFT"}}).status, 201);
  EXPECT_EQ(comment_on_line(19, "words", {{"side", "LEFT"}}).status, 422);
}

TEST_F(FakeGithubReviews, AWholeFileCanBeMeant) {
  const auto made =
      post(in_pull("/comments"),
           {{"path", "src/a.py"}, {"subject_type", "file"}, {"body", "Of all of it"}, {"commit_id", head_}});
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.body["subject_type"], "file");
  EXPECT_TRUE(made.body["line"].is_null());
}

TEST_F(FakeGithubReviews, OneBadCommentFailsTheWholeReview) {
  const Json good{{"path", "src/a.py"}, {"line", 3}, {"body", "Good"}};
  const Json bad{{"path", "src/a.py"}, {"line", 9}, {"body", "Bad"}};
  const auto refused =
      post(in_pull("/reviews"), {{"event", "COMMENT"}, {"body", "Look"}, {"comments", {good, bad, good}}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.message(), "Unprocessable Entity");
  EXPECT_EQ(refused.body["errors"], Json({"Pull request review thread line must be part of the diff"}));
  EXPECT_THAT(github_.reviews(kRepository, kPull), IsEmpty());
  EXPECT_THAT(github_.comments(kRepository, kPull), IsEmpty());
  EXPECT_EQ(writes(), 0u);
  EXPECT_EQ(post(in_pull("/reviews"), {{"event", "COMMENT"}, {"body", "Look"}, {"comments", {good, good}}}).status,
            200);
  EXPECT_THAT(github_.review_threads(kRepository, kPull), SizeIs(2));
}

TEST_F(FakeGithubReviews, ACommitOfAnotherChangeIsRefused) {
  EXPECT_EQ(comment_on_line(3, "words", {{"commit_id", std::string(40, 'f')}}).status, 422);
}

TEST_F(FakeGithubReviews, ThereIsOnePendingReviewOfAUser) {
  const auto made = post(in_pull("/reviews"), {{"body", "Not yet"}});
  ASSERT_EQ(made.status, 200);
  EXPECT_EQ(made.body["state"], "PENDING");
  const auto second = post(in_pull("/reviews"), {{"body", "Again"}});
  EXPECT_EQ(second.status, 422);
  EXPECT_EQ(second.body["errors"][0], "User can only have one pending review per pull request");
  EXPECT_EQ(comment_on_line(3).status, 422);
  const auto ben = github_.add_personal_token("ben");
  EXPECT_THAT(ask_as(ben, "GET", in_pull("/reviews")).body, IsEmpty()) << "it is its author's alone";
  EXPECT_EQ(ask_as(ben, "POST", in_pull("/reviews"), {{"body", "Mine"}}).status, 200);
}

TEST_F(FakeGithubReviews, APendingReviewIsSubmittedOrDeleted) {
  const Json comment{{"path", "src/a.py"}, {"line", 3}, {"body", "A note"}};
  const auto made = post(in_pull("/reviews"), {{"comments", {comment}}});
  const std::string one = in_pull("/reviews/" + made.body["id"].dump());
  EXPECT_THAT(get(in_pull("/comments")).body, IsEmpty());
  EXPECT_THAT(get(one + "/comments").body, SizeIs(1));
  EXPECT_EQ(post(one + "/events", {{"event", "COMMENT"}, {"body", "Now"}}).body["state"], "COMMENTED");
  EXPECT_THAT(get(in_pull("/comments")).body, SizeIs(1));
  EXPECT_EQ(ask("DELETE", one).status, 422) << "it is submitted";
  const auto other = post(in_pull("/reviews"), {{"comments", {comment}}});
  EXPECT_EQ(ask("DELETE", in_pull("/reviews/" + other.body["id"].dump())).status, 200);
  EXPECT_THAT(github_.review_threads(kRepository, kPull), SizeIs(1));
}

TEST_F(FakeGithubReviews, AReviewSaysSomethingAndNobodyApprovesTheirOwn) {
  EXPECT_EQ(post(in_pull("/reviews"), {{"event", "COMMENT"}}).status, 422);
  EXPECT_EQ(post(in_pull("/reviews"), {{"event", "APPLAUD"}, {"body", "!"}}).status, 422);
  EXPECT_EQ(post(in_pull("/reviews"), {{"event", "APPROVE"}}).body["state"], "APPROVED");
  const auto maya = github_.add_personal_token("maya");
  const auto own = ask_as(maya, "POST", in_pull("/reviews"), {{"event", "APPROVE"}});
  EXPECT_EQ(own.status, 422);
  EXPECT_THAT(own.body.dump(), HasSubstr("approve your own pull request"));
}

TEST_F(FakeGithubReviews, RepliesGoToTheFirstCommentOfAThread) {
  const auto first = comment_on_line(3).body["id"];
  const auto reply = post(in_pull("/comments/" + first.dump() + "/replies"), {{"body", "More"}});
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_EQ(reply.body["in_reply_to_id"], first);
  EXPECT_EQ(post(in_pull("/comments/" + reply.body["id"].dump() + "/replies"), {{"body", "And more"}}).status, 422);
  EXPECT_EQ(post(in_pull("/comments/4711/replies"), {{"body", "Lost"}}).status, 404);
  EXPECT_THAT(github_.thread_of(kRepository, first).comments, ElementsAre(first, reply.body["id"]));
}

TEST_F(FakeGithubReviews, AThreadFollowsItsLineUntilThatChanges) {
  const std::int64_t stays = comment_on_line(16).body["id"], goes = comment_on_line(3).body["id"];
  std::string content = "a first line\n";
  for (int n = 1; n <= 20; ++n) {
    content += (n == 3 ? "yet another" : "line " + std::to_string(n)) + std::string("\n");
    if (n == 15) content += "a new line\n";
  }
  github_.person_pushes(kRepository, kPull, github_.add_commit(kRepository, head_, {{"src/a.py", content}}));
  EXPECT_EQ(github_.thread_of(kRepository, stays).anchor.line, 17);
  EXPECT_FALSE(github_.thread_of(kRepository, stays).outdated);
  EXPECT_TRUE(github_.thread_of(kRepository, goes).outdated);
  const auto shown = get(there("/pulls/comments/" + std::to_string(goes))).body;
  EXPECT_TRUE(shown["line"].is_null());
  EXPECT_EQ(shown["original_line"], 3);
}

TEST_F(FakeGithubReviews, AThreadOutlivesItsFirstComment) {
  const auto first = comment_on_line(3).body["id"];
  const auto reply = github_.person_replies(kRepository, first, "maya", "Why?");
  EXPECT_EQ(ask("DELETE", there("/pulls/comments/" + first.dump())).status, 204);
  EXPECT_THAT(github_.thread_of(kRepository, reply).comments, ElementsAre(reply));
  const auto pending = post(in_pull("/reviews"), {{"body", "Not yet"}}).body["id"];
  EXPECT_EQ(ask("DELETE", in_pull("/reviews/" + pending.dump())).status, 200);
  github_.person_deletes_comment(kRepository, reply, "maya");
  EXPECT_THAT(github_.review_threads(kRepository, kPull), IsEmpty());
}

TEST_F(FakeGithubReviews, AReviewOfAnIssueIsNotFound) {
  EXPECT_EQ(get(there("/pulls/2/reviews")).status, 404);
  EXPECT_EQ(get(there("/pulls/4711")).status, 404);
}

}  // namespace
}  // namespace greenroom::testing
