// What the sender makes of every way in which a host can fail.

#include <gmock/gmock.h>

#include "lib/bot/sender.h"
#include "tests/unit/bot/fake_host.h"
#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {
namespace {

using Answer = FakeHost::Answer;
using model::EventKind;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class HostErrorsTest : public BotTest {
 protected:
  HostErrorsTest() {
    happen(change_event());
    auto fake = std::make_unique<FakeHost>();
    host_ = fake.get();
    hosts_["local"] = std::move(fake);
  }
  // The first effect only: the summary.
  void want_summary() {
    auto wanted = review_with_thread();
    wanted.threads.clear();
    wanted.statuses.clear();
    want(wanted);
    post_all();
  }
  void try_again() {
    end_leases();
    post_all();
  }
  std::string summary(const std::string& column) {
    return answer("SELECT coalesce(" + column + "::text, '') AS answer FROM effect WHERE slot = 'summary'");
  }
  FakeHost* host_;
};

TEST_F(HostErrorsTest, WaitsForAHostThatIsAway) {
  host_->answers = {Answer::away};
  want_summary();
  EXPECT_EQ(summary("state"), "pending");
  EXPECT_EQ(summary("(not_before > now())"), "true");
  try_again();
  EXPECT_EQ(summary("state"), "done");
  EXPECT_THAT(host_->deeds, SizeIs(1));
}

TEST_F(HostErrorsTest, AnswersNobodyUntilItKnowsWhoItIsThere) {
  const auto events = answer("SELECT count(*) AS answer FROM event");
  host_->account = 0;
  happen(comment_event("/help"));
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM delivery WHERE state = 'stored'"), "1");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM event"), events);
}

TEST_F(HostErrorsTest, FindsWhatWasDoneWhenTheAnswerWasLost) {
  host_->answers = {Answer::lost_after_the_deed};
  want_summary();
  EXPECT_EQ(summary("state"), "in_doubt");
  try_again();
  EXPECT_EQ(summary("state"), "done");
  EXPECT_EQ(summary("host_ref"), "1");
  EXPECT_THAT(host_->deeds, SizeIs(1));
}

TEST_F(HostErrorsTest, SearchesAStaleListAgainBeforeItRepeats) {
  host_->answers = {Answer::lost_after_the_deed};
  host_->stale_lists = 1;
  want_summary();
  try_again();
  EXPECT_EQ(summary("state"), "in_doubt");
  try_again();
  EXPECT_EQ(summary("state"), "done");
  EXPECT_THAT(host_->deeds, SizeIs(1));
}

TEST_F(HostErrorsTest, MakesItAgainWhenItCannotBeFound) {
  host_->answers = {Answer::lost_after_the_deed};
  want_summary();
  host_->deeds.clear();  // it never arrived
  try_again();
  try_again();
  EXPECT_EQ(summary("state"), "done");
  EXPECT_THAT(host_->deeds, SizeIs(1));
}

TEST_F(HostErrorsTest, ShowsWhatTheHostRefusedAndSettlesTheRest) {
  host_->answers = {Answer::done, Answer::refused, Answer::done};
  want(review_with_thread());
  post_all();
  EXPECT_EQ(answer("SELECT state AS answer FROM effect WHERE kind = 'create_thread'"), "failed");
  EXPECT_THAT(answer("SELECT error AS answer FROM effect WHERE kind = 'create_thread'"), HasSubstr("part of the diff"));
  EXPECT_EQ(answer("SELECT settled_version = wanted_version AS answer FROM review"), "t");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM lesson_shown"), "0");
  want(review_with_thread());
  post_all();
  EXPECT_THAT(host_->deeds, SizeIs(2)) << "what was refused is not asked for again";
}

TEST_F(HostErrorsTest, MakesTheSummaryAgainWhenSomebodyDeletedIt) {
  want_summary();
  host_->answers = {Answer::gone};
  auto wanted = review_with_thread();
  wanted.summary = "### New words\n";
  wanted.threads.clear();
  wanted.statuses.clear();
  want(wanted);
  post_all();
  ASSERT_THAT(host_->deeds, SizeIs(2));
  EXPECT_EQ(host_->deeds[1].kind, model::EffectKind::create_comment);
  EXPECT_THAT(host_->deeds[1].body, HasSubstr("New words"));
}

TEST_F(HostErrorsTest, GivesUpVisiblyAfterManyTries) {
  want_summary();
  database_.script("UPDATE effect SET state = 'pending', settled_at = NULL, attempts = " +
                   std::to_string(kMaxSends - 1));
  host_->deeds.clear();
  host_->answers = {Answer::away};
  try_again();
  EXPECT_EQ(summary("state"), "failed");
  EXPECT_THAT(summary("error"), HasSubstr("connection refused"));
}

TEST_F(HostErrorsTest, DropsWhatIsOfASupersededHeadUnsent) {
  want(review_with_thread());
  Planner planner(pool_);
  ASSERT_EQ(*planner.plan_one(), Step::did);
  happen(change_event(EventKind::change_updated, kSecondHead));
  post_all();
  EXPECT_THAT(host_->deeds, SizeIs(0));
  EXPECT_EQ(answer("SELECT string_agg(DISTINCT state, ',') AS answer FROM effect WHERE kind <> 'react'"), "dropped");
  want(review_with_thread("f1", kSecondHead));  // the same thread is wanted of the new head
  post_all();
  EXPECT_EQ(answer("SELECT state AS answer FROM effect WHERE kind = 'create_thread'"), "done");
}

TEST_F(HostErrorsTest, EndsTheRunningStatusOfAHeadThatIsLeftBehind) {
  auto wanted = review_with_thread();
  wanted.threads.clear();
  wanted.statuses[0].state = model::WantedStatus::State::pending;
  want(wanted);
  post_all();
  happen(change_event(EventKind::change_updated, kSecondHead));
  auto next = review_with_thread("f1", kSecondHead);
  next.threads.clear();
  want(next);
  post_all();
  ASSERT_THAT(host_->deeds, SizeIs(4));
  EXPECT_EQ(host_->deeds[2].head_sha, kFirstHead);
  EXPECT_EQ(host_->deeds[2].value, "neutral");
  EXPECT_THAT(host_->deeds[2].description, HasSubstr("superseded by ccccccc"));
  EXPECT_EQ(host_->deeds[3].head_sha, kSecondHead);
}

TEST_F(HostErrorsTest, NeverPlansAReviewOfAnOldHead) {
  want(review_with_thread());
  happen(change_event(EventKind::change_updated, kSecondHead));
  Planner planner(pool_);
  EXPECT_EQ(*planner.plan_one(), Step::nothing);
}

}  // namespace
}  // namespace greenroom::bot
