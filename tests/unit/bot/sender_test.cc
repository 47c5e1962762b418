#include "lib/bot/sender.h"

#include <gmock/gmock.h>

#include "lib/review/review.h"
#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {
namespace {

using model::EventKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class PosterTest : public BotTest {
 protected:
  PosterTest() { happen(change_event()); }
  std::string open_effects() {
    return answer("SELECT count(*) AS answer FROM effect WHERE state IN ('pending', 'sending', 'in_doubt')");
  }
  std::string settled() { return answer("SELECT settled_version = wanted_version AS answer FROM review"); }
  bool dies_while_posting(const std::string& point) {
    try {
      post_all(point);
      return false;
    } catch (const Crash&) {
      return true;
    }
  }
  // The next bot, after the leases ended: it gets through with the effect over which the other one died.
  void recover_one() {
    Sender sender(pool_, hosts_, settings_, clock_, [](std::string_view) {});
    const auto open = open_effects();
    for (int i = 0; i < 5 && open_effects() == open && open != "0"; ++i) {
      end_leases();
      ASSERT_TRUE(sender.send_one());
    }
  }
  // I2: no effect key stands twice in the host's own book.
  void expect_nothing_twice() {
    EXPECT_EQ(answer("SELECT count(*) AS answer FROM (SELECT 1 FROM local_host.ledger GROUP BY effect_key "
                     "HAVING count(*) > 1) twice"),
              "0");
  }
};

TEST_F(PosterTest, PostsTheReviewOnceAndSettles) {
  want(review_with_thread());
  post_all();
  EXPECT_THAT(ledger(), ElementsAre("create_comment", "create_thread", "set_status"));
  EXPECT_EQ(settled(), "t");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM posted"), "3");
  EXPECT_EQ(answer("SELECT lesson AS answer FROM lesson_shown"), "flake8/F401");
  want(review_with_thread());
  post_all();
  EXPECT_THAT(ledger(), ElementsAre("create_comment", "create_thread", "set_status"));
  EXPECT_EQ(settled(), "t");
}

TEST_F(PosterTest, EditsTheOneSummaryAndResolvesWhatIsGone) {
  want(review_with_thread());
  post_all();
  auto clean = review_with_thread();
  clean.summary = "### All clear\n";
  clean.threads.clear();
  clean.live_fingerprints.clear();
  want(clean);
  post_all();
  EXPECT_THAT(ledger(), ElementsAre("create_comment", "create_thread", "set_status", "edit_comment", "resolve_thread"));
  EXPECT_THAT(answer("SELECT body AS answer FROM local_host.comment WHERE thread_id IS NULL AND author_id = 1"),
              HasSubstr("All clear"));
  EXPECT_EQ(answer("SELECT state AS answer FROM posted WHERE slot = 'thread/f1'"), "resolved_by_bot");
  want(review_with_thread());  // and back again
  post_all();
  EXPECT_EQ(ledger().back(), "unresolve_thread");
  EXPECT_EQ(settled(), "t");
  expect_nothing_twice();
}

TEST_F(PosterTest, EveryBodyCarriesItsMarker) {
  want(review_with_thread());
  post_all();
  const auto standing =
      hosts_["local"]->standing({{}, "local", 1, model::Target::Kind::change, 1}, settings_.marker_key);
  ASSERT_TRUE(standing);
  std::vector<std::string> slots;
  for (const auto& one : *standing) slots.push_back(one.slot);
  EXPECT_THAT(slots, ElementsAre("summary", "thread/f1"));
}

// Every point at which the process may die between wanting an effect and having recorded it.
class CrashTest : public PosterTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(CrashTest, IsMadeUpForWithoutDoingAnythingTwice) {
  auto wanted = review_with_thread();
  for (int round = 0; round < 3; ++round) {
    wanted.summary = "### Round " + std::to_string(round) + "\n";
    if (round == 1) wanted.threads.push_back({"f2", "flake8/F841", "src/a.py", 9, 0, "**Use the name**"});
    if (round == 2) wanted.threads.clear(), wanted.live_fingerprints.clear();
    want(wanted);
    int deaths = 0;
    while (dies_while_posting(GetParam())) {
      ASSERT_LT(++deaths, 60) << "it never gets done";
      recover_one();
    }
    EXPECT_GT(deaths, 0);
    EXPECT_EQ(settled(), "t");
  }
  expect_nothing_twice();
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM local_host.comment WHERE author_id = 1 AND thread_id IS NULL"), "1");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM local_host.thread"), "2");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM effect WHERE state <> 'done'"), "0");
}

INSTANTIATE_TEST_SUITE_P(AtEveryPoint, CrashTest,
                         ::testing::Values("after_effect_claim", "after_host_post_before_record",
                                           "before_effect_commit", "after_effect_commit"));

}  // namespace
}  // namespace greenroom::bot
