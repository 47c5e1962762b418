// Code of somebody new waits, on every way to a job: the rows that stand after real events, with a real host's rights.

#include "lib/bot/approval.h"

#include <gmock/gmock.h>

#include <thread>

#include "lib/bot/poller.h"
#include "lib/hosts/hosts.h"
#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {
namespace {

using model::EventKind;
using ::testing::HasSubstr;

class ApprovalTest : public BotTest {
 protected:
  ApprovalTest() { settings_.approval = {}; }

  // "a reading finished, a everything queued after 1", in order.
  std::string jobs() {
    return answer(
        "SELECT coalesce(string_agg(concat_ws(' ', left(head_sha, 1), may_run, state, 'after ' || continues), ', ' "
        "ORDER BY id), '') AS answer FROM job");
  }
  std::string section() {
    return answer("SELECT coalesce(max(markdown), 'none') AS answer FROM section WHERE name = 'approval'");
  }
  std::string approvals() {
    return answer(
        "SELECT coalesce(string_agg(left(head_sha, 1) || ' ' || login, ', '), '') AS answer "
        "FROM approval JOIN person ON person.id = approver_id");
  }
  void runner_takes() {
    database_.script(
        "UPDATE job SET state = 'leased', lease_until = now() + interval '30 seconds', lease_epoch = 1, "
        "attempts = 1 WHERE state = 'queued'");
  }
  void runner_finishes() {
    runner_takes();
    database_.script(
        "UPDATE job SET state = 'finished', lease_until = NULL, finished_at = now() WHERE state = 'leased'");
  }
  void permit(std::int64_t account, const std::string& permission) {
    database_.script("INSERT INTO local_host.member VALUES (1, " + std::to_string(account) + ", '" + permission +
                     "') ON CONFLICT (repository_id, account_id) DO UPDATE SET permission = excluded.permission");
  }
  void pushes(const std::string& head) { happen(change_event(EventKind::change_updated, head)); }
  // As the intake takes what its host has told, without a delivery.
  void take(const model::Event& event) {
    Intake intake(
        pool_, hosts_, settings_, clock_, [](model::JobId) {}, [](std::string_view) {});
    const auto taken = intake.take_event(event);
    ASSERT_TRUE(taken) << taken.error().describe();
  }
  model::Event says(const std::string& body, std::int64_t who, const std::string& head = kFirstHead) {
    auto event = comment_event(body, who);
    event.change->head_sha = head;
    return event;
  }
};

TEST_F(ApprovalTest, AStrangersPushIsOnlyRead) {
  happen(change_event());
  EXPECT_EQ(jobs(), "a reading queued");
  EXPECT_THAT(section(), HasSubstr("/ok-to-test aaaaaaaaaaaa"));
}

TEST_F(ApprovalTest, NothingOfItRunsWhereEverythingWaits) {
  settings_.approval.required = ApprovalRule::Required::everything;
  happen(change_event());
  EXPECT_EQ(jobs(), "a nothing queued");
  happen(says("/ok-to-test", kBen));
  EXPECT_EQ(jobs(), "a everything queued");
}

TEST_F(ApprovalTest, APersonOfTheProjectWaitsForNobodyWhateverThePayloadSays) {
  auto event = change_event();
  event.change->trusted_author = true;  // the payload's word
  happen(event);
  EXPECT_EQ(jobs(), "a reading queued");
  permit(kMaya, "triage");
  pushes(kSecondHead);
  EXPECT_EQ(jobs(), "a reading cancelled, c everything queued");
  EXPECT_EQ(section(), "none");
}

TEST_F(ApprovalTest, ReachesTheJobThatNoRunnerHasYet) {
  happen(change_event());
  happen(says("/ok-to-test", kBen));
  EXPECT_EQ(jobs(), "a everything queued");
  EXPECT_EQ(answer("SELECT approved_because AS answer FROM job"), "approved by ben");
  EXPECT_EQ(approvals(), "a ben");
  EXPECT_EQ(section(), "none");
}

TEST_F(ApprovalTest, ContinuesTheJobThatRunsAndTheOneThatHasEnded) {
  happen(change_event());
  runner_takes();
  happen(says("/ok-to-test", kBen));
  EXPECT_EQ(jobs(), "a reading leased, a everything queued after 1");
  happen(says("/ok-to-test", kBen));
  EXPECT_EQ(jobs(), "a reading leased, a everything queued after 1") << "said twice, started once";
  EXPECT_EQ(announced_.size(), 2U);
}

TEST_F(ApprovalTest, OfAPushDoesNotReachTheNextOne) {
  happen(change_event());
  happen(says("/ok-to-test", kBen));
  pushes(kSecondHead);
  EXPECT_EQ(jobs(), "a everything cancelled, c reading queued");
  EXPECT_THAT(section(), HasSubstr("/ok-to-test cccccccccccc"));
}

TEST_F(ApprovalTest, ThatWasWrittenBeforeAPushIsNotOne) {
  happen(change_event());
  const auto approval = deliver(says("/ok-to-test", kBen));  // the host tells of the push first
  const auto held =
      answer("UPDATE delivery SET not_before = now() + interval '1 hour' WHERE id = " + std::to_string(approval) +
             " RETURNING 'held' AS answer");
  EXPECT_EQ(held, "held");
  pushes(kSecondHead);
  end_leases();
  take_all();
  EXPECT_EQ(jobs(), "a reading cancelled, c reading queued");
  EXPECT_EQ(approvals(), "");
  EXPECT_THAT(answer("SELECT payload->>'body' AS answer FROM effect WHERE key LIKE '%say/ok-to-test/%'"),
              HasSubstr("/ok-to-test cccccccccccc"));
}

// Some hosts do not say which head a change had when words were written.
TEST_F(ApprovalTest, WithoutAHeadIsOfTheOneThatStoodThere) {
  happen(change_event());
  take(says("/ok-to-test", kBen, ""));
  EXPECT_EQ(approvals(), "a ben");
  EXPECT_EQ(jobs(), "a everything queued");
}

TEST_F(ApprovalTest, WithoutAHeadThatIsTakenInAfterALaterPushIsNone) {
  happen(change_event());
  const auto earlier = says("/ok-to-test", kBen, "");
  pushes(kSecondHead);
  take(earlier);
  EXPECT_EQ(approvals(), "");
  EXPECT_EQ(jobs(), "a reading cancelled, c reading queued");
}

TEST_F(ApprovalTest, OfAHeadThatNobodyHasPushedHereIsNone) {
  happen(change_event());
  happen(says("/ok-to-test", kBen, kSecondHead));  // the comment is the first to show a newer head
  EXPECT_EQ(jobs(), "a reading queued");
  EXPECT_EQ(approvals(), "");
}

// Two bots, one with the approval and one with the push: whoever commits first, code that nobody saw does not run.
TEST_F(ApprovalTest, RacesWithAPushAndNeverApprovesIt) {
  happen(change_event());
  deliver(says("/ok-to-test", kBen));
  deliver(change_event(EventKind::change_updated, kSecondHead));
  const auto take = [this] {
    HostSet hosts;
    hosts["local"] = hosts::local::make_host(pool_, "greenroom");
    Intake intake(
        pool_, hosts, settings_, clock_, [](model::JobId) {}, [](std::string_view) {});
    EXPECT_TRUE(intake.take_one());
  };
  std::thread one(take), other(take);
  one.join();
  other.join();
  take_all();
  EXPECT_EQ(answer("SELECT string_agg(may_run, ',') AS answer FROM job WHERE left(head_sha, 1) = 'c'"), "reading");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM job WHERE state = 'queued'"), "1");
}

TEST_F(ApprovalTest, ByAnOutsiderIsNone) {
  happen(change_event());
  happen(says("/ok-to-test", kRosa));
  happen(says("/ok-to-test", kMaya));
  happen(says("/ok-to-test", kMaya));
  EXPECT_EQ(jobs(), "a reading queued");
  EXPECT_EQ(approvals(), "");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM effect WHERE key LIKE '%say/ok-to-test/%'"), "2") << "one a person";
}

TEST_F(ApprovalTest, OfSomebodyWhoLostTheRightMeanwhileIsNone) {
  happen(change_event());
  deliver(says("/ok-to-test", kBen));
  permit(kBen, "triage");
  take_all();
  EXPECT_EQ(jobs(), "a reading queued");
  EXPECT_EQ(approvals(), "");
}

TEST_F(ApprovalTest, IsAskedForAgainWheneverAJobIsQueued) {
  happen(change_event());
  happen(says("/ok-to-test", kBen));
  runner_finishes();
  happen(says("/retest", kMaya));
  EXPECT_EQ(jobs(), "a everything finished, a everything queued") << "the approval stands";
  runner_finishes();
  permit(kBen, "read");
  happen(says("/retest", kMaya));
  EXPECT_EQ(jobs(), "a everything finished, a everything finished, a reading queued") << "Ben has left";
  EXPECT_THAT(section(), HasSubstr("/ok-to-test"));
}

TEST_F(ApprovalTest, IsNotToBeHadByAskingAgain) {
  happen(change_event());
  runner_finishes();
  happen(says("/retest", kRosa));  // an outsider
  EXPECT_EQ(jobs(), "a reading finished");
  happen(says("/run", kMaya));  // the author
  EXPECT_EQ(jobs(), "a reading finished, a reading queued");
  runner_finishes();
  happen(says("/run", kBen));  // to run the checks again is not to have seen the code
  EXPECT_EQ(jobs(), "a reading finished, a reading finished, a reading queued");
}

TEST_F(ApprovalTest, IsNotToBeHadByClosingAndReopening) {
  happen(change_event());
  happen(change_event(EventKind::change_closed));
  happen(says("/ok-to-test", kBen));  // closed: no word of it counts
  happen(change_event(EventKind::change_opened));
  EXPECT_EQ(jobs(), "a reading cancelled, a reading queued");
  EXPECT_EQ(approvals(), "");
}

TEST_F(ApprovalTest, OfAHeadIsGoodForItWhenItComesBack) {
  happen(change_event());
  happen(says("/ok-to-test", kBen));
  pushes(kSecondHead);
  pushes(kFirstHead);
  EXPECT_EQ(jobs(), "a everything cancelled, c reading cancelled, a everything queued");
}

TEST_F(ApprovalTest, IsNoBusinessOfEditsQuotesCodeAndTheBot) {
  happen(change_event());
  auto edited = says("/ok-to-test", kBen);
  edited.kind = EventKind::comment_edited;
  edited.comment->previous_body = "Looks fine.";
  happen(edited);
  for (const auto* body : {"> /ok-to-test", "```\n/ok-to-test\n```", "    /ok-to-test", "<!-- /ok-to-test -->"})
    happen(says(body, kBen));
  permit(kBot, "admin");
  happen(says("/ok-to-test", kBot));
  EXPECT_EQ(jobs(), "a reading queued");
  EXPECT_EQ(approvals(), "");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM effect WHERE key LIKE '%ok-to-test%'"), "0");
}

TEST_F(ApprovalTest, IsNeededForWhatPollingFinds) {
  Intake intake(
      pool_, hosts_, settings_, clock_, [](model::JobId) {}, [](std::string_view) {});
  Poller poller(pool_, hosts_, intake, [](std::string_view) {});
  ASSERT_TRUE(poller.poll());
  EXPECT_EQ(jobs(), "a reading queued");
}

TEST_F(ApprovalTest, IsNotNeededAfterAsManyMergedChangesAsTheOperatorSays) {
  happen(change_event());
  settings_.approval.trust_after_merged = 1;
  pushes(kSecondHead);
  EXPECT_EQ(answer("SELECT may_run AS answer FROM job ORDER BY id DESC LIMIT 1"), "reading");
  auto merged = change_event(EventKind::change_merged);
  merged.change->number = 9;
  merged.change->author.login = "maya-before";  // identity is the number
  happen(merged);
  pushes(std::string(40, 'd'));
  EXPECT_EQ(answer("SELECT may_run AS answer FROM job ORDER BY id DESC LIMIT 1"), "everything");
}

TEST_F(ApprovalTest, WaitsForAHostThatDoesNotAnswer) {
  database_.script("ALTER TABLE local_host.account RENAME TO hidden");
  deliver(change_event());
  take_all();
  EXPECT_EQ(jobs(), "");
  EXPECT_EQ(answer("SELECT state AS answer FROM delivery"), "stored");
  database_.script("ALTER TABLE local_host.hidden RENAME TO account");
  end_leases();
  take_all();
  EXPECT_EQ(jobs(), "a reading queued");
}

}  // namespace
}  // namespace greenroom::bot
