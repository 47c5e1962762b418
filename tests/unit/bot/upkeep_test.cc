// Timers, polling, and what behaviours say outside the living comment.

#include <gmock/gmock.h>

#include "lib/bot/poller.h"
#include "lib/bot/timers.h"
#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {
namespace {

using model::EventKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class UpkeepTest : public BotTest {
 protected:
  Step take_timer() {
    const auto step = Timers(pool_, settings_, clock_).take_one();
    if (!step) throw std::runtime_error(step.error().describe());
    return *step;
  }
  int poll() {
    Intake intake(
        pool_, hosts_, settings_, clock_, [](model::JobId) {}, [](std::string_view) {});
    const auto missing = Poller(pool_, hosts_, intake, [](std::string_view) {}).poll();
    if (!missing) throw std::runtime_error(missing.error().describe());
    return *missing;
  }
  // Ben and Rosa are on the roster of the repository, which the first event has made known.
  void make_roster() {
    happen(issue_comment_event("hello", kBen));
    happen(issue_comment_event("hello", kRosa));
    database_.script(
        "INSERT INTO buddy (repository_id, person_id, knows) SELECT (SELECT id FROM repository), id, '{src}' "
        "FROM person WHERE login IN ('ben', 'rosa')");
  }
  std::string buddy() {
    return answer(
        "SELECT coalesce((SELECT login FROM buddy_assignment JOIN person ON person.id = person_id "
        "WHERE ended_at IS NULL), 'nobody') AS answer");
  }
};

TEST_F(UpkeepTest, ATimerIsDueWhenTheClockSaysSo) {
  make_roster();
  happen(change_event());
  EXPECT_EQ(buddy(), "ben");
  EXPECT_EQ(take_timer(), Step::nothing);
  clock_.advance(std::chrono::hours(25));
  EXPECT_EQ(take_timer(), Step::did);
  EXPECT_EQ(buddy(), "ben");
  EXPECT_EQ(take_timer(), Step::nothing) << "set again for tomorrow";
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM timer"), "1");
}

TEST_F(UpkeepTest, ABuddyWhoIsAwayIsRelievedByTheTimer) {
  make_roster();
  happen(change_event());
  happen(comment_event("/buddy away until 2026-06-01", kBen));
  EXPECT_EQ(buddy(), "rosa");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM buddy WHERE away_until IS NOT NULL"), "1");
  EXPECT_THAT(answer("SELECT markdown AS answer FROM section WHERE name = 'buddy'"), HasSubstr("rosa"));
}

TEST_F(UpkeepTest, TheBuddyEndsWithTheChange) {
  make_roster();
  happen(change_event());
  happen(change_event(EventKind::change_merged));
  EXPECT_EQ(buddy(), "nobody");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM timer"), "0");
}

TEST_F(UpkeepTest, BuddiesShareTheNewcomers) {
  make_roster();
  happen(change_event());
  auto second = change_event(EventKind::change_opened, kSecondHead);
  second.change->number = 9;
  second.actor = second.change->author = {77, "zoe", "Zoe", model::Account::Kind::person};
  happen(second);
  EXPECT_EQ(answer("SELECT count(DISTINCT person_id) AS answer FROM buddy_assignment WHERE ended_at IS NULL"), "2");
}

TEST_F(UpkeepTest, PollingFindsAChangeWhoseWebhookWasLost) {
  EXPECT_EQ(poll(), 1);
  EXPECT_EQ(answer("SELECT state AS answer FROM job"), "queued");
  EXPECT_EQ(answer("SELECT kind AS answer FROM event"), "change_opened");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM greeting"), "1");
  EXPECT_EQ(poll(), 0);
}

TEST_F(UpkeepTest, PollingFindsALostPushAndALostMerge) {
  poll();
  database_.script("UPDATE local_host.item SET head_sha = repeat('c', 40) WHERE number = 1");
  EXPECT_EQ(poll(), 1);
  EXPECT_EQ(answer("SELECT string_agg(left(head_sha, 1) || state, ',' ORDER BY id) AS answer FROM job"),
            "acancelled,cqueued");
  database_.script("UPDATE local_host.item SET state = 'merged', closed_at = now() WHERE number = 1");
  EXPECT_EQ(poll(), 1);
  EXPECT_EQ(answer("SELECT state AS answer FROM change"), "merged");
  EXPECT_EQ(poll(), 0);
}

TEST_F(UpkeepTest, AWebhookThatComesAfterThePollingChangesNothing) {
  const auto late = change_event();
  poll();
  happen(late);
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM job"), "1");
  EXPECT_EQ(answer("SELECT state AS answer FROM delivery"), "done");
}

TEST_F(UpkeepTest, AGoodFirstIssueIsLabelledOnceAndTakenBack) {
  happen(issue_comment_event("/good-first-issue", kBen));
  post_all();
  EXPECT_THAT(ledger(), ElementsAre("react", "add_label", "add_label", "create_comment"));
  happen(issue_comment_event("/good-first-issue", kBen));
  post_all();
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM local_host.comment WHERE author_id = 1"), "1");
  happen(issue_comment_event("/remove-good-first-issue", kBen));
  post_all();
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM local_host.item_label"), "0");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM local_host.comment WHERE author_id = 1"), "0");
}

TEST_F(UpkeepTest, AGoodFirstIssueIsRefusedWithoutTheRight) {
  happen(issue_comment_event("/good-first-issue", kRosa));
  post_all();
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM local_host.item_label"), "0");
  EXPECT_THAT(answer("SELECT body AS answer FROM local_host.comment WHERE author_id = 1"), HasSubstr("triage rights"));
}

TEST_F(UpkeepTest, WhatIsSaidIsSaidOncePerComment) {
  const auto asked = issue_comment_event("/help", kMaya);
  happen(asked);
  happen(asked);  // the same comment again, under another delivery
  post_all();
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM local_host.comment WHERE author_id = 1"), "1");
}

}  // namespace
}  // namespace greenroom::bot
