// New notes of one push go to GitHub in one review, whatever happens on the way: each stands once.

#include <gmock/gmock.h>

#include "tests/unit/bot/github_posting.h"

namespace greenroom::bot {
namespace {

using ::testing::HasSubstr;
using What = Fault::What;

class GithubTogether : public GithubPosting {
 protected:
  GithubTogether() {
    const auto longer = github.add_commit(kRepository, kFirstHead, {{"src/a.py", lines(40)}}, kSecondHead);
    github.person_pushes(kRepository, number, longer);
    take_webhook();
  }
  static std::string lines(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "x = " + std::to_string(i) + "\n";
    return text;
  }
  // `count` notes on the lines 1, 2, …; the one of `bad` on a line that the file has not.
  void want_notes(int count, int bad = 0) {
    auto wanted = review_with_thread("f1", kSecondHead);
    wanted.threads.clear();
    wanted.live_fingerprints.clear();
    wanted.statuses.clear();
    for (int i = 1; i <= count; ++i) {
      const auto name = "f" + std::to_string(i);
      wanted.threads.push_back({name, "flake8/F401", "src/a.py", i == bad ? 4000 : i, 0, "**Note " + name + "**"});
      wanted.live_fingerprints.push_back(name);
    }
    want(wanted);
  }
  void expect_threads(std::size_t count) {
    std::set<std::string> bodies;
    const auto threads = github.review_threads(kRepository, number);
    for (const auto& thread : threads) bodies.insert(github.comment(kRepository, thread.comments.front()).body);
    EXPECT_EQ(threads.size(), count);
    EXPECT_EQ(bodies.size(), count) << "none stands twice";
  }
  int writes() { return deeds()["review.create"] + deeds()["review.comment"]; }
};

TEST_F(GithubTogether, ThirtyNotesAreTwoWritesWithTheirSummary) {
  want_notes(30);
  post_whatever_happens("");
  const std::map<std::string, int> two{{"comment.create", 1}, {"review.create", 1}};
  EXPECT_EQ(deeds(), two);
  expect_threads(30);
  EXPECT_EQ(answer("SELECT count(DISTINCT host_ref) AS answer FROM posted WHERE slot LIKE 'thread/%'"), "30");
}

TEST_F(GithubTogether, MoreThanOneReviewHoldsGoIntoTheNext) {
  want_notes(35);
  post_whatever_happens("");
  expect_threads(35);
  EXPECT_EQ(writes(), 2);
}

TEST_F(GithubTogether, ABadAnchorCostsTheOthersNothing) {
  want_notes(30, 17);
  post_all();
  expect_threads(29);
  EXPECT_LE(writes(), 5) << "found by halving, not by thirty writes";
  EXPECT_EQ(answer("SELECT state AS answer FROM effect WHERE slot = 'thread/f17'"), "failed");
  EXPECT_THAT(answer("SELECT error AS answer FROM effect WHERE slot = 'thread/f17'"), HasSubstr("GitHub: "));
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM effect WHERE state <> 'done'"), "1");
  EXPECT_EQ(answer("SELECT settled_version = wanted_version AS answer FROM review"), "t");
  EXPECT_EQ(answer("SELECT dirty_version > wanted_version AS answer FROM review"), "t") << "it is composed again";
}

TEST_F(GithubTogether, AStaleListDoublesNothing) {
  inject(What::act_then_hang_up, "POST", "/repos/*/pulls/*/reviews", 1);
  inject(What::hide_recent, "GET", "/repos/*/pulls/*/comments", 1);
  want_notes(12);
  post_whatever_happens("");
  EXPECT_EQ(github.faults_to_come(), 0);
  expect_threads(12);
}

struct Broken {
  const char* name;
  What what;
  const char* path;
  int count = 1;
};
void PrintTo(const Broken& broken, std::ostream* stream) { *stream << broken.name; }

class GithubTogetherTrouble : public GithubTogether, public ::testing::WithParamInterface<Broken> {};

TEST_P(GithubTogetherTrouble, DoublesAndLosesNothing) {
  Fault fault;
  fault.what = GetParam().what;
  fault.path = GetParam().path;
  fault.count = GetParam().count;
  github.inject(fault);
  want_notes(12);
  post_whatever_happens("");
  EXPECT_EQ(github.faults_to_come(), 0) << "the trouble came";
  expect_threads(12);
}

INSTANTIATE_TEST_SUITE_P(Of, GithubTogetherTrouble,
                         ::testing::Values(Broken{"Refused", What::refuse, "/repos/*/pulls/*/reviews", 3},
                                           Broken{"Answered502", What::act_then_answer, "/repos/*/pulls/*/reviews"},
                                           Broken{"CutOff", What::act_then_hang_up, "/repos/*/pulls/*/reviews"},
                                           Broken{"NotShown", What::refuse, "/repos/*/pulls/*/reviews/*/comments"}),
                         [](const auto& info) { return info.param.name; });

class GithubTogetherCrash : public GithubTogether, public ::testing::WithParamInterface<const char*> {};

TEST_P(GithubTogetherCrash, IsMadeUpForWithoutDoingAnythingTwice) {
  want_notes(12);
  post_whatever_happens(GetParam());
  EXPECT_GT(deaths, 0);
  expect_threads(12);
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM effect WHERE state <> 'done'"), "0");
}

INSTANTIATE_TEST_SUITE_P(AtEveryPoint, GithubTogetherCrash,
                         ::testing::Values("after_effect_claim", "after_host_post_before_record",
                                           "before_effect_commit", "after_effect_commit"));

// What changed while the living comment waited for its turn is in it, and costs no write of its own.
TEST_F(GithubTogether, TheSummarySaysWhatIsWantedWhenItIsWritten) {
  want_notes(0);
  Planner planner(pool_);
  ASSERT_EQ(*planner.plan_one(), Step::did);
  auto newer = review_with_thread("f1", kSecondHead);
  newer.summary = "### The newest words\n";
  newer.statuses.clear();
  newer.threads.clear();
  want(newer);
  post_all();
  const std::map<std::string, int> one{{"comment.create", 1}};
  EXPECT_EQ(deeds(), one);
  EXPECT_THAT(github.comments(kRepository, number).at(0).body, HasSubstr("The newest words"));
  EXPECT_EQ(answer("SELECT settled_version = wanted_version AS answer FROM review"), "t");
}

}  // namespace
}  // namespace greenroom::bot
