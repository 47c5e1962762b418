#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "lib/base/synchronized.h"
#include "lib/queue/queue.h"
#include "tests/support/job_rows.h"

namespace greenroom::queue {
namespace {

using testing::expire_lease;
using testing::insert_job;
using testing::job_field;
using testing::request_cancel;
using testing::TestDatabase;

// What a runner does, with a runner's rights.
class Lease : public ::testing::Test {
 protected:
  model::Job take(model::JobId id) {
    const auto job = claim(*runner, id, "r1");
    if (!job || !*job) throw std::runtime_error("not claimed");
    return **job;
  }
  bool can_take(model::JobId id) { return claim(*runner, id, "r2").value().has_value(); }

  TestDatabase db;
  std::unique_ptr<pg::Connection> runner = db.open_as("greenroom_runner");
};

TEST_F(Lease, CarriesAllThatTheRunnerNeeds) {
  const auto id = insert_job(db, {.repository = 7, .change = 3});
  const auto job = take(id);
  EXPECT_EQ(job.id, id);
  EXPECT_EQ(job.trace.hex, std::string(32, 'a'));
  EXPECT_EQ(job.repository.value, 7);
  EXPECT_EQ(job.host, "local");
  EXPECT_EQ(job.host_repository_id, 7);
  EXPECT_EQ(job.head_sha, std::string(40, '1'));
  EXPECT_EQ(job.base_sha, std::string(40, '2'));
  EXPECT_EQ(job.lease_epoch, 1);
  EXPECT_EQ(job.attempt, 1);
  EXPECT_EQ(job_field(db, id, "state"), "leased");
  EXPECT_EQ(job_field(db, id, "runner"), "r1");
  EXPECT_EQ(job_field(db, id, "extract(epoch FROM lease_until - started_at)::int"),
            std::to_string(model::kLease.count()));
}

TEST_F(Lease, SaysWhatTheJobMayRun) {
  using model::MayRun;
  for (const auto may_run : {MayRun::nothing, MayRun::reading, MayRun::everything})
    EXPECT_EQ(take(insert_job(db, {.may_run = may_run})).may_run, may_run);
}

// The rows themselves forbid an approval of one head on the job of another, and one without a reason.
TEST_F(Lease, OfAnApprovedJobIsOfExactlyTheHeadThatWasApproved) {
  const auto id = insert_job(db, {.may_run = model::MayRun::reading});
  const auto refused = [&](const std::string& set) {
    const std::string sql = "UPDATE job SET " + set + " WHERE id = " + to_string(id);
    return !db.connection().run({sql, sql}, {});
  };
  EXPECT_TRUE(refused("may_run = 'everything'"));
  EXPECT_TRUE(refused("may_run = 'everything', approved_because = 'ada may'"));
  EXPECT_TRUE(refused("may_run = 'everything', approved_head = head_sha"));
  EXPECT_TRUE(refused("may_run = 'everything', approved_head = repeat('9', 40), approved_because = 'ada may'"));
  EXPECT_TRUE(refused("approved_head = head_sha, approved_because = 'ada may'"));
  EXPECT_TRUE(refused("may_run = 'all'"));
  EXPECT_FALSE(refused("may_run = 'everything', approved_head = head_sha, approved_because = 'ada may'"));
  EXPECT_TRUE(refused("head_sha = repeat('9', 40)")) << "it cannot be moved to another head";
}

TEST_F(Lease, OfAJobThatContinuesAnotherComesAfterThatOnesEnd) {
  const auto first = insert_job(db, {.may_run = model::MayRun::reading});
  const auto second = insert_job(db, {.continues = first});
  const auto job = take(first);
  EXPECT_FALSE(can_take(second));
  EXPECT_EQ(*claim_next(*runner, "r2"), std::nullopt);
  ASSERT_TRUE(fail_attempt(*runner, job, "away", true));
  EXPECT_FALSE(can_take(second)) << "the first is tried again";
  ASSERT_TRUE(fail_attempt(*runner, take(first), "gone", false));
  const auto next = claim_next(*runner, "r2");
  ASSERT_TRUE(next && *next);
  EXPECT_EQ((*next)->id, second);
  EXPECT_EQ((*next)->continues, first);
}

TEST_F(Lease, IsGivenToOneOnly) {
  const auto id = insert_job(db);
  take(id);
  EXPECT_FALSE(can_take(id));
  EXPECT_EQ(*claim_next(*runner, "r2"), std::nullopt);
}

TEST_F(Lease, OfEachJobGoesToExactlyOneOfManyRunners) {
  std::set<std::int64_t> all;
  for (int i = 1; i <= 40; ++i) all.insert(insert_job(db, {.repository = i % 3 + 1, .change = i}).value);
  Synchronized<std::multiset<std::int64_t>> taken;
  {
    std::vector<std::jthread> runners;
    for (int i = 0; i < 8; ++i) {
      runners.emplace_back([&, connection = std::shared_ptr<pg::Connection>(db.open_as("greenroom_runner"))] {
        // SKIP LOCKED may answer "nothing" while another runner holds the last one: that one takes it.
        for (auto job = claim_next(*connection, "r"); job && *job; job = claim_next(*connection, "r")) {
          taken.with([&](auto& ids) { ids.insert((*job)->id.value); });
        }
      });
    }
  }
  taken.with([&](auto& ids) { EXPECT_EQ(ids, std::multiset<std::int64_t>(all.begin(), all.end())); });
}

TEST_F(Lease, ThatRanOutIsTakenOverUnderTheNextEpoch) {
  const auto id = insert_job(db);
  const auto old = take(id);
  expire_lease(db, id);
  const auto fresh = claim_next(*runner, "r2");
  ASSERT_TRUE(fresh && *fresh);
  EXPECT_EQ((*fresh)->lease_epoch, old.lease_epoch + 1);
  EXPECT_EQ((*fresh)->attempt, 2);
  EXPECT_EQ(*renew(*runner, old), Renewal::lost);
  EXPECT_EQ(*renew(*runner, **fresh), Renewal::held);
}

TEST_F(Lease, IsRenewedByItsHolder) {
  const auto id = insert_job(db);
  const auto job = take(id);
  expire_lease(db, id);  // late, but nobody else was there
  EXPECT_EQ(*renew(*runner, job), Renewal::held);
  EXPECT_EQ(job_field(db, id, "lease_until > now()"), "t");
}

// I7
TEST_F(Lease, OfAnOldEpochChangesNothing) {
  const auto id = insert_job(db);
  const auto old = take(id);
  expire_lease(db, id);
  take(id);
  const std::string before = job_field(db, id, "job::text");
  ASSERT_TRUE(give_back(*runner, old));
  ASSERT_TRUE(end_cancelled(*runner, old));
  ASSERT_TRUE(fail_attempt(*runner, old, "late", true));
  ASSERT_TRUE(fail_attempt(*runner, old, "late", false));
  EXPECT_EQ(*renew(*runner, old), Renewal::lost);
  EXPECT_EQ(job_field(db, id, "job::text"), before);
}

TEST_F(Lease, TellsOfACancellationAndEndsWithItsReason) {
  const auto id = insert_job(db);
  const auto job = take(id);
  request_cancel(db, id, "a newer commit was pushed");
  EXPECT_EQ(*renew(*runner, job), Renewal::cancel_requested);
  ASSERT_TRUE(end_cancelled(*runner, job));
  EXPECT_EQ(job_field(db, id, "state"), "cancelled");
  EXPECT_EQ(job_field(db, id, "reason"), "a newer commit was pushed");
  EXPECT_FALSE(can_take(id));
}

// I4
TEST_F(Lease, IsNeverGivenOnACancelledJob) {
  const auto id = insert_job(db);
  request_cancel(db, id, "superseded");
  EXPECT_FALSE(can_take(id));
  EXPECT_EQ(*claim_next(*runner, "r1"), std::nullopt);
}

TEST_F(Lease, ThatIsGivenBackCountsNoAttempt) {
  const auto id = insert_job(db);
  for (int i = 1; i <= 5; ++i) {
    const auto job = take(id);
    EXPECT_EQ(job.attempt, 1);
    EXPECT_EQ(job.lease_epoch, i);
    ASSERT_TRUE(give_back(*runner, job));
  }
  EXPECT_EQ(job_field(db, id, "state"), "queued");
}

// I5
TEST_F(Lease, EndsForEverAfterThreeFailedAttemptsAndTheQueueMovesOn) {
  const auto poison = insert_job(db, {.change = 1});
  const auto next = insert_job(db, {.change = 2});
  const auto listener = db.open();
  ASSERT_TRUE(listener->listen("greenroom_review"));
  for (int attempt = 1; attempt <= model::kMaxAttempts; ++attempt) {
    const auto job = take(poison);
    EXPECT_EQ(job.attempt, attempt);
    ASSERT_TRUE(fail_attempt(*runner, job, "the sandbox did not start", true));
    EXPECT_EQ(job_field(db, poison, "state"), attempt < model::kMaxAttempts ? "queued" : "dead");
  }
  EXPECT_EQ(job_field(db, poison, "reason"), "the sandbox did not start");
  EXPECT_FALSE(can_take(poison));
  const auto told = listener->wait_notification(std::chrono::seconds(5));
  ASSERT_TRUE(told && *told);
  EXPECT_EQ((*told)->payload, job_field(db, poison, "change_id"));
  EXPECT_EQ((*claim_next(*runner, "r1"))->id, next);
}

TEST_F(Lease, EndsAtOnceWhenTryingAgainCannotHelp) {
  const auto id = insert_job(db);
  ASSERT_TRUE(fail_attempt(*runner, take(id), "the git host no longer has this commit", false));
  EXPECT_EQ(job_field(db, id, "state"), "dead");
  EXPECT_EQ(db.answer("SELECT dirty_version AS answer FROM review"), "1");
}

TEST_F(Lease, GoesToTheHigherPriorityFirst) {
  const auto sweep = insert_job(db, {.change = 1, .priority = 0});
  const auto person = insert_job(db, {.change = 2, .priority = 5});
  EXPECT_EQ((*claim_next(*runner, "r"))->id, person);
  EXPECT_EQ((*claim_next(*runner, "r"))->id, sweep);
}

// I6: the second repository's only job does not wait for the first one's many.
TEST_F(Lease, GoesToTheRepositoryThatHasTheFewestJobsUnderWay) {
  for (int i = 1; i <= 5; ++i) insert_job(db, {.repository = 1, .change = i});
  const auto quiet = insert_job(db, {.repository = 2, .change = 1});
  ASSERT_TRUE(*claim_next(*runner, "r"));
  EXPECT_EQ((*claim_next(*runner, "r"))->id, quiet);
}

TEST_F(Lease, IsATransientErrorWhilePostgresIsAway) {
  const auto id = insert_job(db);
  const auto job = take(id);
  db.kill_connections();
  EXPECT_EQ(renew(*runner, job).error().kind, ErrorKind::transient);
  EXPECT_EQ(claim_next(*runner, "r").error().kind, ErrorKind::transient);
}

}  // namespace
}  // namespace greenroom::queue
