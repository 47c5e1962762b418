#include "lib/work/heartbeat.h"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"
#include "tests/support/job_rows.h"
#include "tests/support/wait.h"

namespace greenroom::work {
namespace {

using queue::Renewal;
using testing::FakeClock;
using testing::TestDatabase;
using testing::wait_until;
using namespace std::chrono_literals;

class HeartbeatTest : public ::testing::Test {
 protected:
  model::Job claim() { return queue::claim(db.connection(), id, "r").value().value(); }

  TestDatabase db;
  model::JobId id = testing::insert_job(db);
  pg::Pool pool{db.options_as("greenroom_runner"), 1};
};

TEST_F(HeartbeatTest, RenewsTheLease) {
  const auto job = claim();
  testing::expire_lease(db, id);
  const Heartbeat heartbeat(pool, job, 5ms);
  EXPECT_TRUE(wait_until([&] { return testing::job_field(db, id, "lease_until > now()") == "t"; }));
  EXPECT_TRUE(heartbeat.held());
}

TEST_F(HeartbeatTest, HearsOfACancellation) {
  const auto job = claim();
  const Heartbeat heartbeat(pool, job, 5ms);
  testing::request_cancel(db, id, "superseded");
  EXPECT_TRUE(wait_until([&] { return heartbeat.state() == Renewal::cancel_requested; }));
}

TEST_F(HeartbeatTest, NoticesThatAnotherRunnerHasTheJob) {
  const auto job = claim();
  testing::expire_lease(db, id);
  claim();
  const Heartbeat heartbeat(pool, job, 5ms);
  EXPECT_TRUE(wait_until([&] { return heartbeat.state() == Renewal::lost; }));
}

TEST_F(HeartbeatTest, OutlivesARestartOfPostgres) {
  const auto job = claim();
  const Heartbeat heartbeat(pool, job, 5ms);
  db.kill_connections();
  testing::expire_lease(db, id);
  EXPECT_TRUE(wait_until([&] { return testing::job_field(db, id, "lease_until > now()") == "t"; }));
  EXPECT_TRUE(heartbeat.held());
}

TEST_F(HeartbeatTest, GivesTheLeaseUpWhenPostgresIsAwayForAsLong) {
  const auto job = claim();
  pg::Options nobody;
  nobody.conninfo = "host=/nonexistent";
  pg::Pool away(nobody, 1);
  FakeClock clock;
  const Heartbeat heartbeat(away, job, 1ms, clock);
  EXPECT_TRUE(heartbeat.held());
  clock.advance(model::kLease + 1s);
  EXPECT_TRUE(wait_until([&] { return heartbeat.state() == Renewal::lost; }));
}

}  // namespace
}  // namespace greenroom::work
