// Check runs and statuses.

#include "tests/unit/fake_github/ground.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class FakeGithubChecks : public FakeGithubTest {
 protected:
  FakeGithubChecks() {
    auto more = least_permissions();
    more["statuses"] = "write";
    github_.add_repository("tools", "kit", 90);
    head_there_ = github_.add_commit(90, "", {{"a", "1\n"}});
    all_ = github_.add_installation_token(github_.add_installation("tools", more));
  }
  Json annotations(int count) const {
    Json all = Json::array();
    for (int n = 1; n <= count; ++n)
      all.push_back(
          {{"path", "a"}, {"start_line", n}, {"end_line", n}, {"annotation_level", "notice"}, {"message", "Hm"}});
    return all;
  }
  Answered status(const Json& body) { return ask_as(all_, "POST", "/repos/tools/kit/statuses/" + head_there_, body); }
  Answered run(const Json& more) {
    Json body{{"name", "greenroom"}, {"head_sha", head_}};
    body.update(more);
    return post(there("/check-runs"), body);
  }
  std::string head_there_, all_;
};

TEST_F(FakeGithubChecks, OnlyAnAppMakesACheckRun) {
  const auto ben = github_.add_personal_token("ben");
  const auto refused = ask_as(ben, "POST", there("/check-runs"), {{"name", "x"}, {"head_sha", head_}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.message(), "You must authenticate via a GitHub App.");
  const auto made = run({{"status", "in_progress"}, {"external_id", "job 7"}});
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.body["external_id"], "job 7");
  EXPECT_EQ(made.body["app"]["id"], 4242);
}

TEST_F(FakeGithubChecks, ARequestHasAtMost50Annotations) {
  Json output{{"title", "T"}, {"summary", "S"}, {"annotations", annotations(51)}};
  EXPECT_EQ(run({{"output", output}}).status, 422);
  output["annotations"] = annotations(50);
  const auto made = run({{"output", output}});
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string one = there("/check-runs/" + made.body["id"].dump());
  EXPECT_EQ(ask("PATCH", one, {{"output", output}}).body["output"]["annotations_count"], 100) << "later ones are added";
  EXPECT_THAT(get(one + "/annotations?per_page=100").body, SizeIs(100));
}

TEST_F(FakeGithubChecks, AnAnnotationsColumnsNeedOneLine) {
  Json one = annotations(1);
  one[0]["start_column"] = 2;
  EXPECT_EQ(run({{"output", {{"title", "T"}, {"summary", "S"}, {"annotations", one}}}}).status, 201);
  one[0]["end_line"] = 2;
  EXPECT_EQ(run({{"output", {{"title", "T"}, {"summary", "S"}, {"annotations", one}}}}).status, 422);
}

TEST_F(FakeGithubChecks, TextsHaveTheirLengths) {
  const std::string long_text(65'536, 'x');
  EXPECT_EQ(run({{"output", {{"title", "T"}, {"summary", long_text}}}}).status, 422);
  EXPECT_EQ(run({{"output", {{"title", "T"}, {"summary", long_text.substr(1)}}}}).status, 201);
}

TEST_F(FakeGithubChecks, ACompletedRunHasAConclusion) {
  EXPECT_EQ(run({{"status", "completed"}}).status, 422);
  EXPECT_EQ(run({{"conclusion", "splendid"}}).status, 422);
  EXPECT_EQ(run({{"conclusion", "neutral"}}).body["status"], "completed");
  EXPECT_EQ(run({{"head_sha", std::string(40, 'f')}}).status, 422);
}

TEST_F(FakeGithubChecks, TheNewestRunOfANameIsListed) {
  run({{"conclusion", "failure"}});
  run({{"conclusion", "success"}});
  run({{"name", "other"}});
  const std::string path = there("/commits/" + head_ + "/check-runs");
  EXPECT_EQ(get(path).body["total_count"], 2);
  EXPECT_EQ(get(path + "?check_name=greenroom").body["check_runs"][0]["conclusion"], "success");
  EXPECT_EQ(get(path + "?filter=all").body["total_count"], 3);
}

TEST_F(FakeGithubChecks, AStatusHasAShortDescription) {
  EXPECT_EQ(status({{"state", "success"}, {"context", "c"}, {"description", std::string(140, 'x')}}).status, 201);
  const auto refused = status({{"state", "success"}, {"context", "c"}, {"description", std::string(141, 'x')}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body["errors"][0]["message"], HasSubstr("maximum is 140 characters"));
  EXPECT_EQ(status({{"state", "splendid"}}).status, 422);
  EXPECT_EQ(status({{"state", "success"}, {"target_url", "ftp://x"}}).status, 422);
  EXPECT_EQ(ask_as(all_, "POST", "/repos/tools/kit/statuses/" + std::string(40, 'f'), {{"state", "success"}}).status,
            422);
}

TEST_F(FakeGithubChecks, StatusesAreListedNewestFirstAndCombined) {
  status({{"state", "pending"}, {"context", "c"}});
  status({{"state", "success"}, {"context", "c"}});
  const std::string path = "/repos/tools/kit/commits/" + head_there_;
  const auto listed = ask_as(all_, "GET", path + "/statuses").body;
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_EQ(listed[0]["state"], "success");
  EXPECT_EQ(ask_as(all_, "GET", path + "/status").body["state"], "success");
  EXPECT_THAT(github_.statuses(90, head_there_), SizeIs(2)) << "each is another one, the same or not";
}

TEST_F(FakeGithubChecks, ACommitsContextHasAtMost1000Statuses) {
  for (int n = 0; n < 1000; ++n) ASSERT_EQ(status({{"state", "pending"}, {"context", "c"}}).status, 201);
  const auto refused = status({{"state", "success"}, {"context", "c"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body.dump(), HasSubstr("maximum number of statuses"));
  EXPECT_EQ(status({{"state", "success"}, {"context", "d"}}).status, 201);
}

}  // namespace
}  // namespace greenroom::testing
