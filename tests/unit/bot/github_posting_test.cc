// From GitHub's webhook to what stands on GitHub, with what goes wrong on the way: each deed once.

#include <gmock/gmock.h>

#include "tests/unit/bot/github_posting.h"

namespace greenroom::bot {
namespace {

using ::testing::HasSubstr;

TEST_F(GithubPosting, SaysEverythingOnceInTheRightPlace) {
  three_rounds();
  expect_each_deed_once();
  const auto all = github.comments(kRepository, number);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_THAT(all[0].body, HasSubstr("Round 2"));
  EXPECT_EQ(all[1].anchor.line, 3);
  EXPECT_EQ(all[2].anchor.line, 5);
  for (const auto& thread : github.review_threads(kRepository, number)) EXPECT_TRUE(thread.resolved);
}

struct Trouble {
  const char* name;
  Fault::What what;
  const char* method;
  const char* path;
  int count = 2;
};
void PrintTo(const Trouble& trouble, std::ostream* stream) { *stream << trouble.name; }

class GithubTrouble : public GithubPosting, public ::testing::WithParamInterface<Trouble> {};

TEST_P(GithubTrouble, DoublesAndLosesNothing) {
  clock_.advance(std::chrono::hours(2));  // the token has ended
  inject(GetParam().what, GetParam().method, GetParam().path, GetParam().count);
  three_rounds();
  EXPECT_EQ(github.faults_to_come(), 0) << "the trouble came";
  expect_each_deed_once();
}

using What = Fault::What;
INSTANTIATE_TEST_SUITE_P(
    Of, GithubTrouble,
    ::testing::Values(Trouble{"CommentRefused", What::refuse, "POST", "/repos/*/issues/*/comments", 1},
                      Trouble{"CommentAnswered502", What::act_then_answer, "POST", "/repos/*/issues/*/comments", 1},
                      Trouble{"CommentCutOff", What::act_then_hang_up, "POST", "/repos/*/issues/*/comments", 1},
                      Trouble{"EditAnswered502", What::act_then_answer, "PATCH", "/repos/*/issues/comments/*"},
                      Trouble{"EditCutOff", What::act_then_hang_up, "PATCH", "/repos/*/issues/comments/*"},
                      Trouble{"ThreadRefused", What::refuse, "POST", "/repos/*/pulls/*/comments"},
                      Trouble{"ThreadAnswered502", What::act_then_answer, "POST", "/repos/*/pulls/*/comments"},
                      Trouble{"ThreadCutOff", What::act_then_hang_up, "POST", "/repos/*/pulls/*/comments"},
                      Trouble{"CheckRefused", What::refuse, "POST", "/repos/*/check-runs", 1},
                      Trouble{"GraphqlAnswered502", What::act_then_answer, "POST", "/graphql"},
                      Trouble{"GraphqlCutOff", What::act_then_hang_up, "POST", "/graphql"},
                      Trouble{"TokenRefused", What::refuse, "POST", "/app/installations/*/access_tokens"},
                      Trouble{"ListsRefused", What::refuse, "GET", "/installation/repositories"}),
    [](const auto& info) { return info.param.name; });

// A list may lag behind: what was made a moment ago is not in it yet.
TEST_F(GithubPosting, LooksTwiceBeforeItBelievesAListWithoutItsComment) {
  inject(What::act_then_hang_up, "POST", "/repos/*/issues/*/comments", 1);
  inject(What::hide_recent, "GET", "/repos/*/issues/*/comments", 1);
  three_rounds();
  EXPECT_EQ(github.faults_to_come(), 0);
  expect_each_deed_once();
}

class GithubCrash : public GithubPosting, public ::testing::WithParamInterface<const char*> {};

TEST_P(GithubCrash, IsMadeUpForWithoutDoingAnythingTwice) {
  three_rounds(GetParam());
  EXPECT_GT(deaths, 3);
  expect_each_deed_once();
}

INSTANTIATE_TEST_SUITE_P(AtEveryPoint, GithubCrash,
                         ::testing::Values("after_effect_claim", "after_host_post_before_record",
                                           "before_effect_commit", "after_effect_commit"));

TEST_F(GithubPosting, StaysWithinALimitAndGoesOnAfterIt) {
  github.limit_content_writes(2, 500);
  three_rounds();
  expect_each_deed_once();
}

}  // namespace
}  // namespace greenroom::bot
