#include "lib/work/worker.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <atomic>
#include <filesystem>

#include "lib/base/fd.h"
#include "lib/queue/queue.h"
#include "lib/store/job_reader.h"
#include "tests/support/job_rows.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_redis.h"
#include "tests/support/wait.h"
#include "tests/unit/git/git_fixture.h"

namespace greenroom::work {
namespace {

using model::CheckState;
using testing::job_field;
using testing::wait_until;

// A project on the practice host, a job on it, and a sandbox that says what the test wants.
class WorkerTest : public git::GitFixture {
 protected:
  WorkerTest() {
    std::filesystem::create_symlink(source(), path("1.git"));
    settings.directory = state.path();
    settings.git_root = path("");
    settings.toolbox = {{"flake8", "/usr/bin/flake8", "6.0.0", {}, {}}};
    settings.config = config::Config::load("", [](const std::string&) { return std::string(); }).value();
    settings.retry_pause = std::chrono::milliseconds(0);
    settings.execute = [this](const sandbox::Plan&, const auto& on_output, const auto& cancelled) {
      // Checks run at one time: only one of them does what the test is about.
      const bool first = executed++ == 0;
      return Result<sandbox::SandboxOutcome>(first ? during(on_output, cancelled) : ok());
    };
    base = commit({{"a.py", "x = 1\n"}});
    head = commit({{"a.py", "x = 2\n"}}, {base});
  }

  using Output = std::function<void(process::Stream, std::string_view)>;
  using Cancelled = std::function<bool()>;
  static sandbox::SandboxOutcome ok() {
    sandbox::SandboxOutcome outcome;
    outcome.process.exit_code = 0;
    return outcome;
  }
  static sandbox::SandboxOutcome until_cancelled(const Cancelled& cancelled) {
    sandbox::SandboxOutcome outcome = ok();
    outcome.process.cancelled = wait_until([&] { return cancelled(); });
    return outcome;
  }

  Ended work_on(model::JobId id) {
    const auto job = queue::claim(db.connection(), id, "r").value();
    Worker worker(settings, pool, redis.options(), SlotDirectory::take(state.path()).value());
    return worker.work(job.value(), [this] { return stopping.load(); });
  }
  model::JobId job_of(const std::string& head_sha, const std::string& base_sha) {
    return testing::insert_job(db, {.head_sha = head_sha, .base_sha = base_sha});
  }
  Ended work() { return work_on(id = job_of(head, base)); }
  std::string reviews() { return db.answer("SELECT count(*) AS answer FROM review"); }

  testing::TestDatabase db;
  testing::TestRedis redis;
  testing::TempDirectory state;
  pg::Pool pool{db.options_as("greenroom_runner"), 4};
  Settings settings;
  std::function<sandbox::SandboxOutcome(const Output&, const Cancelled&)> during = [](auto&&...) { return ok(); };
  std::atomic<int> executed{0};
  std::atomic<bool> stopping{false};
  std::string base, head;
  model::JobId id;
};

TEST_F(WorkerTest, TakesAJobFromItsCommitToItsReport) {
  EXPECT_EQ(work(), Ended::finished);
  EXPECT_EQ(job_field(db, id, "state"), "finished");
  EXPECT_EQ(job_field(db, id, "merge_base"), base);
  EXPECT_NE(job_field(db, id, "convert_from(diff, 'UTF8')").find("+x = 2"), std::string::npos);
  EXPECT_EQ(job_field(db, id, "concat_ws(' ', size_files, size_added, size_removed)"), "1 1 1");
  const auto checks = store::checks_of(db.connection(), id);
  ASSERT_TRUE(checks);
  ASSERT_FALSE(checks->empty());
  for (const auto& check : *checks) EXPECT_TRUE(model::is_final(check.state)) << check.name;
  EXPECT_GE(executed, 1);
  EXPECT_EQ(reviews(), "1");
}

TEST_F(WorkerTest, ReusesItsFoldersForTheNextHead) {
  EXPECT_EQ(work(), Ended::finished);
  const std::string next = commit({{"a.py", "x = 3\n"}, {"b.py", "y = 1\n"}}, {head});
  EXPECT_EQ(work_on(job_of(next, base)), Ended::finished);
  EXPECT_EQ(state.read("slots/0/1/b.py"), "y = 1\n");
  EXPECT_FALSE(std::filesystem::exists(state / "slots/1"));
}

// I10
TEST_F(WorkerTest, TakesThePolicyFromTheBaseBranchOnly) {
  const std::string wrong = "checks:\n  no_such_key: 1\n";
  const std::string wrong_head = commit({{"a.py", "x = 2\n"}, {".greenroom.yml", wrong}}, {base});
  const auto of_head = job_of(wrong_head, base);
  EXPECT_EQ(work_on(of_head), Ended::finished);
  EXPECT_EQ(job_field(db, of_head, "config_error"), "");
  const std::string wrong_base = commit({{"a.py", "x = 1\n"}, {".greenroom.yml", wrong}});
  const auto of_base = job_of(commit({{"a.py", "x = 2\n"}, {".greenroom.yml", ""}}, {wrong_base}), wrong_base);
  EXPECT_EQ(work_on(of_base), Ended::finished);
  EXPECT_NE(job_field(db, of_base, "config_error").find("no_such_key"), std::string::npos);
  EXPECT_FALSE(store::checks_of(db.connection(), of_base)->empty());  // the usual ones
}

// Which checks end how, with how many runs of the sandbox: "flake8 passed, pytest waiting; 1".
TEST_F(WorkerTest, RunsNoTestsOfAHeadThatNobodyApprovedAndThenOnlyThose) {
  settings.toolbox = {{"flake8", "/usr/bin/flake8", "6.0.0", {}, {}}, {"pytest", "/usr/bin/pytest", "7.2.1", {}, {}}};
  head = commit({{"a.py", "x = 2\n"}, {"tests/test_a.py", "def test_a():\n    pass\n"}}, {base});
  const auto seen = [this] {
    std::string all;
    const auto checks = store::checks_of(db.connection(), id).value();
    for (const auto& check : checks) all += check.name + " " + std::string(model::name_of(check.state)) + ", ";
    return all + std::to_string(executed.exchange(0));
  };
  const auto first = testing::insert_job(db, {.head_sha = head, .base_sha = base, .may_run = model::MayRun::reading});
  EXPECT_EQ(work_on(id = first), Ended::finished);
  EXPECT_EQ(seen(), "flake8 passed, pytest waiting, 1");
  EXPECT_EQ(work_on(id = testing::insert_job(db, {.head_sha = head, .base_sha = base, .continues = first})),
            Ended::finished);
  EXPECT_EQ(seen(), "flake8 passed, pytest incomplete, 1") << "the test's sandbox writes no report";
  EXPECT_EQ(
      work_on(id = testing::insert_job(db, {.head_sha = head, .base_sha = base, .may_run = model::MayRun::nothing})),
      Ended::finished);
  EXPECT_EQ(seen(), "flake8 waiting, pytest waiting, 0");
}

TEST_F(WorkerTest, ReportsHowFewPointsTheBaseBranchAsksFor) {
  const std::string one = "teaching: {inline_cap: 1}\n", none = "teaching: {inline_cap: 0}\n";
  const std::string asking = commit({{"a.py", "x = 1\n"}, {".greenroom.yml", one}});
  const auto of_base = job_of(commit({{"a.py", "x = 2\n"}, {".greenroom.yml", none}}, {asking}), asking);
  EXPECT_EQ(work_on(of_base), Ended::finished);
  EXPECT_EQ(job_field(db, of_base, "inline_cap"), "1");
  EXPECT_EQ(work(), Ended::finished);
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM job WHERE inline_cap IS NULL"), "1");
}

// I4
TEST_F(WorkerTest, EndsACancelledJobAndReportsNothing) {
  during = [this](const Output&, const Cancelled& cancelled) {
    testing::request_cancel(db, id, "a newer commit was pushed");
    return until_cancelled(cancelled);
  };
  id = job_of(head, base);
  EXPECT_EQ(work_on(id), Ended::cancelled);
  EXPECT_EQ(job_field(db, id, "state"), "cancelled");
  EXPECT_EQ(job_field(db, id, "reason"), "a newer commit was pushed");
  EXPECT_EQ(reviews(), "0");
}

TEST_F(WorkerTest, EndsACancelledJobThatIsStillFetching) {
  std::filesystem::create_directories(state / "mirrors");
  const Fd other(::open((state / "mirrors/1.git.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  ASSERT_EQ(::flock(other.get(), LOCK_EX), 0) << "another fetch, which does not end";
  id = job_of(head, base);
  const auto job = queue::claim(db.connection(), id, "r").value();
  testing::request_cancel(db, id, "a newer commit was pushed");
  Worker worker(settings, pool, redis.options(), SlotDirectory::take(state.path()).value());
  EXPECT_EQ(worker.work(job.value(), [] { return false; }), Ended::cancelled);
  EXPECT_EQ(job_field(db, id, "state"), "cancelled");
  EXPECT_EQ(executed, 0);
}

TEST_F(WorkerTest, HearsOfACancellationInTheLastMoment) {
  during = [this](const Output&, const Cancelled&) {
    testing::request_cancel(db, id, "a newer commit was pushed");
    return ok();  // before the heartbeat could tell
  };
  id = job_of(head, base);
  EXPECT_EQ(work_on(id), Ended::cancelled);
  EXPECT_EQ(job_field(db, id, "state"), "cancelled");
  EXPECT_EQ(reviews(), "0");
}

// I7
TEST_F(WorkerTest, ReportsNothingWhenAnotherRunnerHasTheJob) {
  for (const bool notices : {true, false}) {
    during = [this, notices](const Output&, const Cancelled& cancelled) {
      testing::expire_lease(db, id);
      EXPECT_TRUE(queue::claim(db.connection(), id, "other").value());
      return notices ? until_cancelled(cancelled) : ok();
    };
    executed = 0;
    id = job_of(head, base);
    EXPECT_EQ(work_on(id), Ended::lease_lost);
    EXPECT_EQ(job_field(db, id, "concat_ws(' ', state, runner, lease_epoch)"), "leased other 2");
    EXPECT_TRUE(store::checks_of(db.connection(), id)->empty());
    EXPECT_EQ(reviews(), "0");
    db.script("DELETE FROM job");
  }
}

TEST_F(WorkerTest, HandsTheJobBackUncountedWhenTheRunnerStops) {
  during = [this](const Output&, const Cancelled& cancelled) {
    stopping = true;
    return until_cancelled(cancelled);
  };
  EXPECT_EQ(work(), Ended::given_back);
  EXPECT_EQ(job_field(db, id, "concat_ws(' ', state, attempts)"), "queued 0");
  EXPECT_EQ(reviews(), "0");
}

TEST_F(WorkerTest, SaysWhenTheHostNoLongerHasTheCommit) {
  EXPECT_EQ(work_on(id = job_of(std::string(40, 'd'), base)), Ended::failed);
  EXPECT_EQ(job_field(db, id, "state"), "dead");
  EXPECT_EQ(job_field(db, id, "reason"), "the git host no longer has this commit");
}

TEST_F(WorkerTest, SaysWhenTheBranchHasNoCommonHistory) {
  const std::string stranger = commit({{"z.py", "z = 1\n"}});
  EXPECT_EQ(work_on(id = job_of(stranger, base)), Ended::failed);
  EXPECT_EQ(job_field(db, id, "state"), "dead");
  EXPECT_NE(job_field(db, id, "reason").find("no commit in common"), std::string::npos);
}

TEST_F(WorkerTest, QueuesTheJobAgainWhenThisMachineFails) {
  state.write("mirrors", "a file where the folder should be");
  EXPECT_EQ(work(), Ended::failed);
  EXPECT_EQ(job_field(db, id, "concat_ws(' ', state, attempts)"), "queued 1");
  EXPECT_EQ(job_field(db, id, "reason"), "the checks could not run because of a problem on our side");
  EXPECT_EQ(executed, 0);
}

TEST_F(WorkerTest, IsPatientWithAPostgresThatRestarts) {
  during = [this](auto&&...) {
    db.kill_connections();
    return ok();
  };
  EXPECT_EQ(work(), Ended::finished);
  EXPECT_EQ(job_field(db, id, "state"), "finished");
}

TEST_F(WorkerTest, FinishesWithoutRedis) {
  during = [this](const Output& output, const Cancelled&) {
    redis.stop();
    output(process::Stream::out, "a line\n");
    return ok();
  };
  EXPECT_EQ(work(), Ended::finished);
}

TEST_F(WorkerTest, TakesNoJobWhileTheDiskIsFull) {
  settings.least_free_bytes = 1ull << 60;
  Worker worker(settings, pool, redis.options(), SlotDirectory::take(state.path()).value());
  EXPECT_EQ(worker.able().error().kind, ErrorKind::transient);
  settings.least_free_bytes = 1;
  EXPECT_TRUE(worker.able());
}

}  // namespace
}  // namespace greenroom::work
