#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "lib/review/review.h"
#include "tests/unit/review/fake_host.h"

namespace greenroom::review {
namespace {

using model::EffectKind;
using State = model::PostedThread::State;

const model::Target kTarget{{3}, "local", 30, model::Target::Kind::change, 12};

model::WantedReview wanted(const std::vector<std::string>& threads, const std::string& summary = "S") {
  model::WantedReview out;
  out.head_sha = "abc1234567890";
  out.summary = summary;
  out.findings_known = true;
  for (const auto& fingerprint : threads) {
    out.threads.push_back({fingerprint, "flake8/F401", "a.py", 3, 0, "text of " + fingerprint});
    out.live_fingerprints.push_back(fingerprint);
  }
  return out;
}

std::vector<EffectKind> kinds(const std::vector<model::Effect>& effects) {
  std::vector<EffectKind> out;
  for (const auto& effect : effects) out.push_back(effect.kind);
  return out;
}

class Reconcile : public ::testing::Test {
 protected:
  std::vector<model::Effect> settle(const model::WantedReview& review) {
    auto effects = reconcile(review, host.posted, kTarget, ++version);
    EXPECT_EQ(host.perform(effects, review), "");
    EXPECT_TRUE(reconcile(review, host.posted, kTarget, version + 1000).empty()) << "a second time does something";
    return effects;
  }
  FakeHost host;
  std::int64_t version = 0;
};

TEST_F(Reconcile, PostsWhatIsNewAndThenNothing) {
  EXPECT_EQ(kinds(settle(wanted({"a", "b"}))),
            (std::vector{EffectKind::create_comment, EffectKind::create_thread, EffectKind::create_thread}));
  EXPECT_TRUE(settle(wanted({"a", "b"})).empty());
}

TEST_F(Reconcile, CarriesWhatTheHostNeeds) {
  auto review = wanted({"a"});
  review.threads[0].start_line = 2;
  review.statuses.push_back(
      {"greenroom/flake8", model::WantedStatus::State::neutral, "1 to look at", "/jobs/7#flake8"});
  const auto effects = settle(review);
  ASSERT_EQ(effects.size(), 3u);
  EXPECT_EQ(effects[0].slot, "summary");
  EXPECT_EQ(effects[0].key, "change/3/12/summary/create/1");
  EXPECT_EQ(effects[1].slot, "thread/a");
  EXPECT_EQ(effects[1].key, "change/3/12/thread/a/create");
  EXPECT_EQ(effects[1].path, "a.py");
  EXPECT_EQ(effects[1].line, 3);
  EXPECT_EQ(effects[1].start_line, 2);
  EXPECT_EQ(effects[1].head_sha, "abc1234567890");
  EXPECT_EQ(effects[1].body, "text of a");
  EXPECT_EQ(effects[2].slot, "status/greenroom/flake8");
  EXPECT_EQ(effects[2].name, "greenroom/flake8");
  EXPECT_EQ(effects[2].value, "neutral");
  EXPECT_EQ(effects[2].details_path, "/jobs/7#flake8");
}

TEST_F(Reconcile, EditsTheOneSummaryEvenBackToAnEarlierText) {
  settle(wanted({}, "A"));
  EXPECT_EQ(kinds(settle(wanted({}, "B"))), std::vector{EffectKind::edit_comment});
  EXPECT_EQ(kinds(settle(wanted({}, "A"))), std::vector{EffectKind::edit_comment});
  EXPECT_EQ(kinds(settle(wanted({}, "B"))), std::vector{EffectKind::edit_comment});
}

TEST_F(Reconcile, ResolvesWhatIsGoneAndOpensItAgainWhenItReturns) {
  settle(wanted({"a"}));
  EXPECT_EQ(kinds(settle(wanted({}))), std::vector{EffectKind::resolve_thread});
  EXPECT_EQ(kinds(settle(wanted({"a"}))), std::vector{EffectKind::unresolve_thread});
  EXPECT_EQ(kinds(settle(wanted({}))), std::vector{EffectKind::resolve_thread});
}

TEST_F(Reconcile, KeepsAThreadWhoseFindingLivesOnOutsideTheInlineFew) {
  settle(wanted({"a"}));
  auto review = wanted({});
  review.live_fingerprints = {"a"};
  EXPECT_TRUE(settle(review).empty());
}

TEST_F(Reconcile, RepliesBeforeItResolvesAnAnsweredThread) {
  settle(wanted({"a"}));
  host.answer(0);
  EXPECT_EQ(kinds(settle(wanted({}))), (std::vector{EffectKind::reply_thread, EffectKind::resolve_thread}));
  EXPECT_EQ(host.posted.threads.size(), 1u);
}

TEST_F(Reconcile, StaysSilentOnceAPersonResolved) {
  settle(wanted({"a"}));
  host.resolve_as_person(0);
  EXPECT_TRUE(settle(wanted({"a"})).empty());
  EXPECT_TRUE(settle(wanted({})).empty());
  EXPECT_TRUE(settle(wanted({"a"})).empty());
  EXPECT_EQ(host.posted.threads[0].state, State::resolved_by_person);
}

TEST_F(Reconcile, ResolvesNothingWhileFindingsAreNotKnown) {
  settle(wanted({"a"}));
  auto review = wanted({}, "still running");
  review.findings_known = false;
  EXPECT_EQ(kinds(settle(review)), std::vector{EffectKind::edit_comment});
  EXPECT_EQ(host.posted.threads[0].state, State::open);
}

TEST_F(Reconcile, SetsStatusesAgainForANewHead) {
  auto review = wanted({});
  review.statuses.push_back({"greenroom", model::WantedStatus::State::pending, "looking", "/jobs/7"});
  settle(review);
  review.statuses[0].state = model::WantedStatus::State::success;
  EXPECT_EQ(kinds(settle(review)), std::vector{EffectKind::set_status});
  review.head_sha = "def";
  EXPECT_EQ(kinds(settle(review)), std::vector{EffectKind::set_status});
}

TEST_F(Reconcile, NeverPostsOneFingerprintTwiceWithinAReview) {
  EXPECT_EQ(kinds(settle(wanted({"a", "a"}))), (std::vector{EffectKind::create_comment, EffectKind::create_thread}));
}

TEST_F(Reconcile, TwoChangesNeverShareAKey) {
  auto other = kTarget;
  other.repository = {4};
  EXPECT_NE(reconcile(wanted({"a"}), {}, kTarget, 1)[1].key, reconcile(wanted({"a"}), {}, other, 1)[1].key);
  other = kTarget;
  other.kind = model::Target::Kind::issue;
  EXPECT_NE(reconcile(wanted({"a"}), {}, kTarget, 1)[1].key, reconcile(wanted({"a"}), {}, other, 1)[1].key);
}

// A long life of one change, many times over: whatever is wanted and whatever people do, one settling is enough,
// nothing is made twice, what is known to be gone is not open, and what a person resolved stays as they left it.
TEST_F(Reconcile, HoldsItsPromisesThroughAnyHistory) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    host = {};
    std::mt19937 random(seed);
    for (int push = 0; push < 40; ++push) {
      std::vector<std::string> threads, also_live;
      for (char c = 'a'; c <= 'h'; ++c) {
        const auto draw = random() % 4;
        if (draw == 0) threads.emplace_back(1, c);
        if (draw == 1) also_live.emplace_back(1, c);
      }
      auto review = wanted(threads, "S" + std::to_string(random() % 3));
      review.live_fingerprints.insert(review.live_fingerprints.end(), also_live.begin(), also_live.end());
      review.head_sha = "head" + std::to_string(push / 3);
      review.findings_known = random() % 4 != 0;
      review.statuses.push_back({"greenroom", static_cast<model::WantedStatus::State>(random() % 3), "d", "/"});
      const auto before = host.posted.threads;
      settle(review);
      ASSERT_FALSE(HasFailure()) << "seed " << seed << ", push " << push;
      for (std::size_t i = 0; i < host.posted.threads.size(); ++i) {
        const auto& thread = host.posted.threads[i];
        const bool live =
            std::count(review.live_fingerprints.begin(), review.live_fingerprints.end(), thread.fingerprint) > 0;
        const bool by_person = i < before.size() && before[i].state == State::resolved_by_person;
        const auto expected = by_person               ? State::resolved_by_person
                              : live                  ? State::open
                              : review.findings_known ? State::resolved_by_bot
                                                      : before[i].state;
        ASSERT_EQ(thread.state, expected) << "seed " << seed << ", push " << push << ", " << thread.fingerprint;
      }
      if (!host.posted.threads.empty() && random() % 3 == 0) host.answer(random() % host.posted.threads.size());
      if (!host.posted.threads.empty() && random() % 9 == 0)
        host.resolve_as_person(random() % host.posted.threads.size());
    }
  }
}

TEST(WantedJson, ReadsBackWhatItWrites) {
  auto review = wanted({"a", "b"}, "Grüße\n`x`");
  review.statuses.push_back({"greenroom", model::WantedStatus::State::neutral, "d", "/jobs/1"});
  const auto back = wanted_from_json(to_json(review));
  ASSERT_TRUE(back);
  EXPECT_EQ(to_json(*back), to_json(review));
  EXPECT_EQ(back->threads[1].markdown, "text of b");
  EXPECT_TRUE(back->findings_known);
}

TEST(WantedJson, RefusesWhatItDidNotWrite) {
  for (const auto* text :
       {"", "[]", "{\"threads\":[{}]}", "{\"statuses\":[{\"state\":\"great\"}]}", "{\"head_sha\":"}) {
    const auto back = wanted_from_json(text);
    ASSERT_FALSE(back) << text;
    EXPECT_EQ(back.error().kind, ErrorKind::user_fault);
  }
}

}  // namespace
}  // namespace greenroom::review
