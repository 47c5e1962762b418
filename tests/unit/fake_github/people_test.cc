// Labels, assignees, reviewers; repositories, their people and files.

#include "lib/base/hash.h"
#include "tests/unit/fake_github/ground.h"

namespace greenroom::testing {
namespace {

using FakeGithubPeople = FakeGithubTest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(FakeGithubPeople, LabelsAreMadeOnDemand) {
  const auto added = post(in_issue("/labels"), {{"labels", {"good first issue"}}});
  EXPECT_EQ(added.status, 200);
  EXPECT_EQ(added.body[0]["name"], "good first issue");
  EXPECT_THAT(get(there("/labels")).body, SizeIs(1));
  post(in_issue("/labels"), {{"labels", {"Good First Issue"}}});
  EXPECT_THAT(github_.labels(kRepository, kIssue), ElementsAre("good first issue")) << "whatever its case";
  EXPECT_EQ(writes(), 1u);
}

TEST_F(FakeGithubPeople, ALabelIsRemovedByItsEncodedName) {
  github_.person_labels(kRepository, kIssue, "ben", "area/rigs & cams");
  EXPECT_EQ(ask("DELETE", in_issue("/labels/area/rigs%20%26%20cams")).status, 404) << "that is another path";
  EXPECT_EQ(ask("DELETE", in_issue("/labels/area%2Frigs%20%26%20cams")).status, 200);
  const auto again = ask("DELETE", in_issue("/labels/area%2Frigs%20%26%20cams"));
  EXPECT_EQ(again.status, 404);
  EXPECT_EQ(again.message(), "Label does not exist");
}

TEST_F(FakeGithubPeople, AssigneesWithoutAccessAreDroppedInSilence) {
  const auto answer = post(in_issue("/assignees"), {{"assignees", {"zoe", "ben", "nobody"}}});
  EXPECT_EQ(answer.status, 201);
  ASSERT_THAT(answer.body["assignees"], SizeIs(1));
  EXPECT_EQ(answer.body["assignees"][0]["login"], "ben");
  const auto nobody = post(in_issue("/assignees"), {{"assignees", {"zoe"}}});
  EXPECT_EQ(nobody.status, 201) << "no error says so";
  EXPECT_EQ(writes(), 1u);
  EXPECT_EQ(ask("DELETE", in_issue("/assignees"), {{"assignees", {"ben"}}}).status, 200);
  EXPECT_THAT(github_.issue(kRepository, kIssue).assignees, IsEmpty());
}

TEST_F(FakeGithubPeople, AReviewIsAskedOfCollaboratorsAndNotOfTheAuthor) {
  const auto author = post(in_pull("/requested_reviewers"), {{"reviewers", {"maya"}}});
  EXPECT_EQ(author.status, 422);
  EXPECT_EQ(author.message(), "Review cannot be requested from pull request author.");
  const auto stranger = post(in_pull("/requested_reviewers"), {{"reviewers", {"ben", "zoe"}}});
  EXPECT_EQ(stranger.status, 422);
  EXPECT_THAT(stranger.message(), HasSubstr("may only be requested from collaborators"));
  EXPECT_THAT(github_.issue(kRepository, kPull).pull->reviewers, IsEmpty()) << "all of them or nobody";
  EXPECT_EQ(post(in_pull("/requested_reviewers"), {{"reviewers", {"ben"}}}).status, 201);
  EXPECT_EQ(get(in_pull("/requested_reviewers")).body["users"][0]["login"], "ben");
  github_.person_reviews(kRepository, kPull, "ben", "COMMENT", "Looks good");
  EXPECT_THAT(github_.issue(kRepository, kPull).pull->reviewers, IsEmpty()) << "who reviewed is asked no more";
}

TEST_F(FakeGithubPeople, PermissionsSayTheRoleAndTheOlderWordForIt) {
  const auto permission = [&](const std::string& login) {
    return get(there("/collaborators/" + login + "/permission"));
  };
  github_.set_role(kRepository, "zoe", fake::Role::triage);
  EXPECT_EQ(permission("zoe").body["role_name"], "triage");
  EXPECT_EQ(permission("zoe").body["permission"], "read");
  EXPECT_EQ(permission("zoe").body["user"]["id"], kZoe);
  github_.set_role(kRepository, "zoe", fake::Role::maintain);
  EXPECT_EQ(permission("zoe").body["permission"], "write");
  github_.set_role(kRepository, "zoe", fake::Role::none);
  EXPECT_EQ(permission("zoe").body["permission"], "none");
  EXPECT_EQ(permission("nobody").status, 404);
  EXPECT_EQ(get(there("/collaborators/ben")).status, 204);
  EXPECT_EQ(get(there("/collaborators/zoe")).status, 404);
}

TEST_F(FakeGithubPeople, EveryoneReadsWhatIsPublic) {
  github_.add_repository("studio", "open", 80, "main", false);
  EXPECT_EQ(get("/repos/studio/open/collaborators/zoe/permission").body["permission"], "read");
}

TEST_F(FakeGithubPeople, ARenamedRepositoryIsRedirected) {
  github_.rename_repository(kRepository, "line");
  const auto moved = get(there("/pulls?state=open"));
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(moved.header("location"), github_.url() + "/repositories/77/pulls?state=open");
  EXPECT_EQ(post(in_issue("/comments"), {{"body", "words"}}).status, 307);
  EXPECT_THAT(get("/repositories/77/pulls?state=open").body, SizeIs(1));
  EXPECT_EQ(get("/repositories/77").body["full_name"], "studio/line");
  EXPECT_EQ(post("/repositories/77/issues/2/comments", {{"body", "words"}}).status, 201);
  EXPECT_EQ(get("/repositories/78").status, 404);
}

TEST_F(FakeGithubPeople, FilesComeInBase64AtTheirCommit) {
  const auto at = [&](const std::string& query) { return get(there("/contents/README.md" + query)); };
  github_.add_file(kRepository, head_, "README.md", "# Another\n");
  std::string bytes;
  std::string content = at("?ref=" + head_).body["content"];
  content.erase(content.find('\n'));
  ASSERT_TRUE(base64_decode(content, bytes));
  EXPECT_EQ(bytes, "# Another\n");
  EXPECT_EQ(at("").body["size"], 11) << "the default branch's";
  EXPECT_EQ(at("?ref=nowhere").status, 404);
  EXPECT_EQ(get(there("/contents/missing.md")).status, 404);
  EXPECT_EQ(get(there("/contents/src")).body[0]["path"], "src/a.py");
}

TEST_F(FakeGithubPeople, ChangesAreListedByState) {
  EXPECT_THAT(get(there("/pulls?state=open")).body, SizeIs(1));
  EXPECT_FALSE(get(there("/pulls?state=open")).body[0].contains("merged")) << "a list has fewer members";
  github_.person_merges(kRepository, kPull, "ben");
  EXPECT_THAT(get(there("/pulls")).body, IsEmpty());
  EXPECT_THAT(get(there("/pulls?state=closed")).body, SizeIs(1));
  EXPECT_EQ(get(in_pull("")).body["merged"], true);
}

}  // namespace
}  // namespace greenroom::testing
