// Comments, reactions and lists.

#include "tests/unit/fake_github/ground.h"

namespace greenroom::testing {
namespace {

using namespace std::chrono_literals;
using FakeGithubWords = FakeGithubTest;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(FakeGithubWords, ACommentIsMadeReadEditedAndDeleted) {
  const auto made = post(in_issue("/comments"), {{"body", "Hello"}});
  ASSERT_EQ(made.status, 201);
  const std::string one = there("/issues/comments/" + made.body["id"].dump());
  clock_.advance(1min);
  const auto edited = ask("PATCH", one, {{"body", "Hello again"}});
  EXPECT_EQ(edited.status, 200);
  EXPECT_EQ(edited.body["updated_at"], "2026-03-02T09:01:00Z");
  EXPECT_EQ(get(one).body["body"], "Hello again");
  EXPECT_EQ(ask("DELETE", one).status, 204);
  for (const auto* method : {"GET", "PATCH", "DELETE"})
    EXPECT_EQ(ask(method, one, {{"body", "Late"}}).status, 404) << method;
}

TEST_F(FakeGithubWords, AChangesConversationIsAnIssues) {
  EXPECT_EQ(post(there("/issues/1/comments"), {{"body", "Welcome"}}).status, 201);
  EXPECT_THAT(github_.comments(kRepository, kPull), SizeIs(1));
  EXPECT_EQ(get(there("/issues/1")).body["pull_request"]["merged_at"], nullptr);
  EXPECT_THAT(get(in_pull("/comments")).body, IsEmpty()) << "those are the ones on lines";
}

TEST_F(FakeGithubWords, ABodyHasAtMost65536Characters) {
  std::string long_body;
  for (int n = 0; n < 65'536; ++n) long_body += "ä";  // characters, not bytes
  EXPECT_EQ(post(in_issue("/comments"), {{"body", long_body}}).status, 201);
  const auto refused = post(in_issue("/comments"), {{"body", long_body + "x"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body["errors"][0]["message"], HasSubstr("maximum is 65536 characters"));
  EXPECT_EQ(comment_on_line(3, std::string(65'537, 'x')).status, 422);
  EXPECT_EQ(post(in_issue("/comments"), {{"body", ""}}).status, 422);
}

TEST_F(FakeGithubWords, AnothersCommentIsEditedByRightOnly) {
  const auto of_ben = github_.person_comments(kRepository, kIssue, "ben", "Ben's words");
  const std::string one = there("/issues/comments/" + std::to_string(of_ben));
  const auto maya = github_.add_personal_token("maya"), ben = github_.add_personal_token("ben");
  EXPECT_EQ(ask_as(maya, "PATCH", one, {{"body", "Maya's"}}).status, 403);
  EXPECT_EQ(ask_as(maya, "DELETE", one).status, 403);
  EXPECT_EQ(ask_as(ben, "PATCH", one, {{"body", "Ben's other words"}}).status, 200);
  EXPECT_EQ(github_.comment(kRepository, of_ben).body, "Ben's other words");
}

TEST_F(FakeGithubWords, TheLedgerHoldsWhatChangedSomething) {
  const auto made = post(in_issue("/comments"), {{"body", "Hello"}});
  const std::string one = there("/issues/comments/" + made.body["id"].dump());
  ask("PATCH", one, {{"body", "Hello"}});
  post(in_issue("/comments"), {{"body", ""}});
  get(one);
  github_.person_comments(kRepository, kIssue, "maya", "Thanks");
  ASSERT_THAT(github_.ledger(), SizeIs(1));
  const auto written = github_.ledger()[0];
  EXPECT_EQ(written.kind, "comment.create");
  EXPECT_EQ(written.method + " " + written.path, "POST " + in_issue("/comments"));
  EXPECT_EQ(written.who, "installation " + std::to_string(installation_));
  EXPECT_EQ(written.body, R"({"body":"Hello"})");
  EXPECT_EQ(written.repository, kRepository);
  EXPECT_EQ(written.number, kIssue);
  EXPECT_THAT(github_.requests(), SizeIs(4));
  EXPECT_EQ(github_.requests()[2].status, 422);
}

TEST_F(FakeGithubWords, ListsComeInPages) {
  for (int n = 0; n < 130; ++n) github_.person_comments(kRepository, kIssue, "maya", std::to_string(n));
  EXPECT_THAT(get(in_issue("/comments")).body, SizeIs(30));
  const auto first = get(in_issue("/comments?per_page=1000"));
  EXPECT_THAT(first.body, SizeIs(100)) << "never more than 100";
  const std::string link = first.header("link");
  EXPECT_THAT(link, HasSubstr("/repositories/77/issues/2/comments?per_page=1000&page=2>; rel=\"next\""));
  EXPECT_THAT(link, HasSubstr("rel=\"last\""));
  const auto second = get("/repositories/77/issues/2/comments?per_page=100&page=2");
  EXPECT_THAT(second.body, SizeIs(30));
  EXPECT_EQ(second.header("link").find("rel=\"next\""), std::string::npos);
  EXPECT_THAT(second.header("link"), HasSubstr("rel=\"prev\""));
  EXPECT_THAT(get(in_issue("/comments?per_page=100&page=3")).body, IsEmpty());
}

TEST_F(FakeGithubWords, SinceIsAboutTheLastEdit) {
  const auto old = github_.person_comments(kRepository, kIssue, "maya", "Old");
  clock_.advance(30min);
  github_.person_comments(kRepository, kPull, "maya", "New");
  EXPECT_THAT(get(there("/issues/comments?since=2026-03-02T09:30:00Z")).body, SizeIs(1));
  github_.person_edits_comment(kRepository, old, "maya", "Old, with more");
  const auto both = get(there("/issues/comments?since=2026-03-02T09:30:00Z&sort=updated&direction=desc")).body;
  ASSERT_THAT(both, SizeIs(2));
  EXPECT_EQ(both[0]["body"], "New");
  EXPECT_EQ(get(there("/issues/comments?since=yesterday")).status, 422);
}

TEST_F(FakeGithubWords, IssuesAndChangesAreListedTogether) {
  clock_.advance(30min);
  github_.person_comments(kRepository, kIssue, "maya", "More");
  const auto all = get(there("/issues?state=all")).body;
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0]["number"], kIssue) << "the newest first";
  EXPECT_TRUE(all[1].contains("pull_request"));
  const auto since = get(there("/issues?state=all&since=2026-03-02T09:30:00Z")).body;
  ASSERT_THAT(since, SizeIs(1));
  EXPECT_EQ(since[0]["number"], kIssue) << "a comment is an update";
}

TEST_F(FakeGithubWords, ReactionsAreMadeOnce) {
  const auto comment = github_.person_comments(kRepository, kPull, "maya", "/run");
  const std::string path = there("/issues/comments/" + std::to_string(comment) + "/reactions");
  const auto first = post(path, {{"content", "eyes"}}), again = post(path, {{"content", "eyes"}});
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(first.body["id"], again.body["id"]);
  EXPECT_EQ(post(path, {{"content", "applause"}}).status, 422);
  EXPECT_EQ(writes(), 1u);
  const std::size_t told = github_.webhooks().size();
  github_.person_reacts(kRepository, comment, "ben", "+1");
  EXPECT_EQ(github_.webhooks().size(), told) << "no webhook tells of a reaction";
  EXPECT_THAT(get(path).body, SizeIs(2));
  EXPECT_EQ(ask("DELETE", path + "/" + first.body["id"].dump()).status, 204);
  EXPECT_THAT(github_.reactions(kRepository, comment), SizeIs(1));
}

TEST_F(FakeGithubWords, EverythingThatIsSaidCanBeReactedTo) {
  const auto on_line = comment_on_line(3).body["id"].dump();
  EXPECT_EQ(post(there("/pulls/comments/" + on_line + "/reactions"), {{"content", "heart"}}).status, 201);
  EXPECT_EQ(post(in_issue("/reactions"), {{"content", "heart"}}).status, 201);
  EXPECT_EQ(post(there("/issues/comments/" + on_line + "/reactions"), {{"content", "heart"}}).status, 404)
      << "it is of the other kind";
}

TEST_F(FakeGithubWords, WhatIsNoJsonIsRefused) {
  const auto answer = send({"POST",
                            in_issue("/comments"),
                            {{"User-Agent", "tests"}, {"Authorization", "token " + bot_token_}},
                            "{\"body\":"});
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.message(), "Problems parsing JSON");
}

}  // namespace
}  // namespace greenroom::testing
