// Whose turn it is when many wait: between repositories, between people and upkeep, between the young and the old.

#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "lib/queue/queue.h"
#include "tests/support/job_rows.h"

namespace greenroom::queue {
namespace {

using testing::age_queued;
using testing::insert_job;
using testing::job_field;
using testing::TestDatabase;

class Fairness : public ::testing::Test {
 protected:
  // The next job of a slot; its repository, 0 for none.
  std::int64_t serve(int repository_slots = 0) {
    const auto job = claim_next(*runner, "r", repository_slots).value();
    if (!job) return 0;
    taken.push_back(job->id);
    return job->repository.value;
  }
  model::JobId serve_job() {
    serve();
    return taken.empty() ? model::JobId{} : taken.back();
  }
  void end(model::JobId job) {
    db.script("UPDATE job SET state = 'finished', lease_until = NULL, finished_at = now() WHERE id = " +
              to_string(job));
  }
  void end_first() {
    end(taken.front());
    taken.erase(taken.begin());
  }
  // As many changes of the repository, each with a queued job.
  void flood(int repository, int jobs) {
    insert_job(db, {.repository = repository, .change = 1});
    const std::string of = std::to_string(repository), last = std::to_string(jobs);
    db.script(
        "INSERT INTO change (repository_id, number, author_id, title, head_ref, base_ref, head_sha, base_sha, "
        "opened_at) SELECT " +
        of +
        ", n, 1, 'A change', 'topic', 'main', repeat('1', 40), repeat('2', 40), now() "
        "FROM generate_series(2, " +
        last + ") n");
    db.script(
        "INSERT INTO job (trace_id, change_id, head_sha, base_sha) SELECT repeat('a', 32), id, head_sha, base_sha "
        "FROM change WHERE repository_id = " +
        of + " AND number > 1");
  }

  TestDatabase db;
  std::unique_ptr<pg::Connection> runner = db.open_as("greenroom_runner");
  std::vector<model::JobId> taken;  // and not ended, oldest first
};

// I6: with one slot nothing is under way when the slot is free, and only the turns tell the two apart.
TEST_F(Fairness, AQuietRepositoryWaitsForOneJobOfANoisyOneWhereThereIsOneSlot) {
  flood(1, 1000);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(serve(), 1);
    if (i < 2) end_first();
  }
  insert_job(db, {.repository = 2});  // it comes while the third one runs
  end_first();
  EXPECT_EQ(serve(), 2);
}

TEST_F(Fairness, AQuietRepositoryGetsTheFirstOfManySlotsThatIsFree) {
  flood(1, 1000);
  for (int slot = 0; slot < 4; ++slot) EXPECT_EQ(serve(), 1);
  insert_job(db, {.repository = 2});
  end_first();
  EXPECT_EQ(serve(), 2);
}

TEST_F(Fairness, NoisyRepositoriesTakeTurns) {
  flood(1, 20);
  flood(2, 20);
  flood(3, 20);
  std::map<std::int64_t, int> served;
  for (int i = 0; i < 12; ++i) {
    ++served[serve()];
    end_first();
  }
  EXPECT_EQ(served, (std::map<std::int64_t, int>{{1, 4}, {2, 4}, {3, 4}}));
}

TEST_F(Fairness, ARepositorysShareHoldsOverAllRunners) {
  constexpr int kShare = 2;
  for (int repository = 1; repository <= 3; ++repository) flood(repository, 20);
  const auto busiest = [this] {
    return db.answer(
        "SELECT coalesce(max(n), 0) AS answer FROM (SELECT count(*) n FROM job JOIN change c ON c.id = change_id "
        "WHERE job.state = 'leased' GROUP BY c.repository_id) of_each");
  };
  for (int round = 0; round < 5; ++round) {
    {
      std::vector<std::jthread> runners;
      for (int i = 0; i < 8; ++i)
        runners.emplace_back([connection = std::shared_ptr<pg::Connection>(db.open_as("greenroom_runner"))] {
          for (auto job = claim_next(*connection, "r", kShare); job && *job;)
            job = claim_next(*connection, "r", kShare);
        });
    }
    EXPECT_EQ(busiest(), std::to_string(kShare));
    EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM job WHERE state = 'leased'"), std::to_string(3 * kShare));
    db.script("UPDATE job SET state = 'finished', lease_until = NULL, finished_at = now() WHERE state = 'leased'");
  }
}

TEST_F(Fairness, AShareCountsNoLeaseThatRanOut) {
  flood(1, 3);
  EXPECT_EQ(serve(1), 1);
  EXPECT_EQ(serve(1), 0);
  testing::expire_lease(db, taken.front());
  EXPECT_EQ(serve(1), 1) << "its runner is dead";
}

TEST_F(Fairness, SomebodyWhoWaitsComesBeforeASecondRunAndThatBeforeUpkeep) {
  const auto upkeep = insert_job(db, {.change = 1, .priority = model::kUpkeep});
  const auto again = insert_job(db, {.change = 2, .priority = model::kAskedAgain});
  const auto person = insert_job(db, {.change = 3, .priority = model::kPersonWaits});
  EXPECT_EQ(serve_job(), person);
  EXPECT_EQ(serve_job(), again);
  EXPECT_EQ(serve_job(), upkeep);
}

TEST_F(Fairness, AnOldJobRisesUntilItIsServedBesideThoseWhoWait) {
  const int level = static_cast<int>(std::chrono::seconds(model::kRaisedAfter).count());
  const auto upkeep = insert_job(db, {.change = 1, .priority = model::kUpkeep});
  const auto person = insert_job(db, {.change = 2, .priority = model::kPersonWaits});
  age_queued(db, upkeep, 2 * level - 5);
  EXPECT_EQ(serve_job(), person) << "it is one level below";
  const auto next = insert_job(db, {.change = 3, .priority = model::kPersonWaits});
  age_queued(db, upkeep, 10);
  EXPECT_EQ(serve_job(), upkeep);
  EXPECT_EQ(serve_job(), next);
}

TEST_F(Fairness, OldJobsOfANoisyRepositoryDoNotOutrankAFreshOneElsewhere) {
  flood(1, 50);
  db.script("UPDATE job SET priority = 2, queued_at = now() - interval '2 days'");
  EXPECT_EQ(serve(), 1);
  end_first();
  insert_job(db, {.repository = 2, .priority = model::kPersonWaits});
  EXPECT_EQ(serve(), 2);
}

}  // namespace
}  // namespace greenroom::queue
