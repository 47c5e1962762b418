#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "lib/http/client.h"
#include "lib/queue/queue.h"
#include "lib/store/job_reader.h"
#include "tests/line/child.h"
#include "tests/line/ports.h"
#include "tests/support/job_rows.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_redis.h"
#include "tests/support/wait.h"
#include "tests/unit/git/git_fixture.h"

namespace greenroom::runner {
namespace {

namespace fs = std::filesystem;
using testing::Child;
using testing::job_field;
using testing::wait_until;
using namespace std::chrono_literals;

// A project on the practice host, and runner processes that work for it.
class RunnerTest : public git::GitFixture {
 protected:
  RunnerTest() {
    fs::create_directories(path("git"));
    fs::create_symlink(source(), path("git/1.git"));
    state.write("runner.yml", "state: {directory: \"" + state.path() + "\"}\n" + "database: {conninfo: \"" +
                                  db.conninfo() + "\"}\n" + "redis: {socket: \"" + redis.options().unix_socket +
                                  "\"}\n" + "local: {git_root: \"" + path("git") + "\"}\n");
    base = commit({{"a.py", "x = 1\n"}});
    head = commit({{"a.py", "import os\n\nx = 2\n"}}, {base});
    slow = commit({{"a.py", "x = 2\n"}, {"tests/test_slow.py", kSlow}}, {base});
  }

  std::unique_ptr<Child> start(const std::string& crash_at = "") {
    fs::remove(state / "run/runner.ready");
    auto child = std::make_unique<Child>(std::vector<std::string>{GREENROOM_BINARY_DIR "/bin/greenroom-runner"},
                                         // What is not dumpable cannot be searched for leaks.
                                         std::map<std::string, std::string>{{"PATH", "/usr/bin:/bin"},
                                                                            {"ASAN_OPTIONS", "detect_leaks=0"},
                                                                            {"GREENROOM_CONFIG", state / "runner.yml"},
                                                                            {"GREENROOM_CRASH_AT", crash_at}},
                                         state / ("runner-" + std::to_string(++starts) + ".log"));
    EXPECT_TRUE(wait_until([&] { return fs::exists(state / "run/runner.ready") || !child->running(); }, 60s))
        << state.read("runner-" + std::to_string(starts) + ".log");
    return child;
  }
  model::JobId queue_job(const std::string& head_sha) {
    return testing::insert_job(db, {.head_sha = head_sha, .base_sha = base});
  }
  bool becomes(model::JobId id, const std::string& wanted) {
    return wait_until([&] { return job_field(db, id, "state") == wanted; }, 60s);
  }
  // The job says so a moment before its sandbox stands.
  bool tests_run() {
    return wait_until(
        [&] {
          return db.answer(
                     "SELECT EXISTS (SELECT FROM check_run WHERE name = 'pytest' AND state = 'running') AS answer") ==
                     "t" &&
                 leftovers() > 0;
        },
        60s);
  }
  std::string logs() {
    std::string all;
    for (int i = 1; i <= starts; ++i) all += state.read("runner-" + std::to_string(i) + ".log");
    return all;
  }
  http::Response ask(const std::string& path) {
    return http::Client("http://" + listen).send({"GET", path, {}, ""}).value();
  }
  std::string figures() { return ask("/metrics").body; }
  // Processes that see the runner's folders in a mount namespace of their own: what a job has left.
  int leftovers() {
    int count = 0;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/proc", ignored)) {
      std::ifstream mounts(entry.path() / "mountinfo");
      const std::string text{std::istreambuf_iterator<char>(mounts), {}};
      if (text.find(fs::path(state.path()).filename().string() + "/runner") != std::string::npos) ++count;
    }
    return count;
  }

  static constexpr const char* kSlow =
      "import threading\n\n\ndef test_waits() -> None:\n    threading.Event().wait(100)\n";
  testing::TestDatabase db;
  testing::TestRedis redis;
  testing::TempDirectory state;
  std::string base, head, slow;
  const std::string listen = "127.0.0.1:" + std::to_string(testing::free_port());
  int starts = 0;
};

TEST_F(RunnerTest, WorksWhatItIsToldOfAndLeavesOnTerm) {
  const auto runner = start();
  const auto id = queue_job(head);
  auto client = redis.client();
  ASSERT_TRUE(queue::announce(client, id));
  ASSERT_TRUE(becomes(id, "finished")) << logs();
  const auto findings = store::findings_of(db.connection(), id);
  ASSERT_TRUE(findings);
  EXPECT_FALSE(findings->empty()) << "an unused import";
  runner->signal(SIGTERM);
  const auto status = runner->wait(15s);
  ASSERT_TRUE(status);
  EXPECT_TRUE(WIFEXITED(*status) && WEXITSTATUS(*status) == 0) << *status << logs();
  EXPECT_FALSE(fs::exists(state / "run/runner.ready"));
}

TEST_F(RunnerTest, TellsHowItFares) {
  state.write("runner.yml", state.read("runner.yml") + "runner: {listen: \"" + listen + "\", slots: 2}\n");
  const auto runner = start();
  ASSERT_TRUE(becomes(queue_job(head), "finished")) << logs();
  EXPECT_EQ(ask("/livez").status, 200);
  EXPECT_EQ(ask("/readyz").status, 200);
  EXPECT_TRUE(wait_until([&] { return figures().find("jobs_total{result=\"finished\"} 1") != std::string::npos; }))
      << figures();
  for (const char* figure : {"greenroom_runner_slots 2", "greenroom_runner_jobs_running 0", "result=\"lease_lost\"} 0",
                             "greenroom_runner_queue_wait_seconds_count 1", "guarantee=\"network\""})
    EXPECT_NE(figures().find(figure), std::string::npos) << figure << "\n" << figures();
}

TEST_F(RunnerTest, IsAliveAndNotReadyWithoutPostgres) {
  state.write("runner.yml", "state: {directory: \"" + state.path() + "\"}\n" +
                                "database: {conninfo: \"host=/nonexistent dbname=none\"}\n" + "redis: {socket: \"" +
                                redis.options().unix_socket + "\"}\n" + "runner: {listen: \"" + listen + "\"}\n");
  const auto runner = start();
  EXPECT_EQ(ask("/readyz").status, 503);
  EXPECT_EQ(ask("/livez").status, 200);
}

TEST_F(RunnerTest, FindsWorkWithoutRedis) {
  redis.stop();
  const auto runner = start();
  EXPECT_TRUE(becomes(queue_job(head), "finished")) << logs();
}

TEST_F(RunnerTest, HandsItsJobBackOnTermAndLeavesNothing) {
  const auto id = queue_job(slow);
  const auto runner = start();
  ASSERT_TRUE(tests_run()) << logs();
  runner->signal(SIGTERM);
  ASSERT_TRUE(runner->wait(15s)) << logs();
  EXPECT_EQ(job_field(db, id, "concat_ws(' ', state, attempts)"), "queued 0") << logs();
  EXPECT_TRUE(wait_until([&] { return leftovers() == 0; }));
}

// I3
TEST_F(RunnerTest, LeavesNoProcessWhenItIsKilled) {
  const auto id = queue_job(slow);
  const auto runner = start();
  ASSERT_TRUE(tests_run()) << logs();
  runner->signal(SIGKILL);
  ASSERT_TRUE(runner->wait(15s));
  EXPECT_TRUE(wait_until([&] { return leftovers() == 0; }));
  const auto next = start();
  EXPECT_TRUE(fs::is_empty(state / "runner/slots/0/scratch"));
  EXPECT_EQ(job_field(db, id, "state"), "leased");  // until its lease runs out
}

// I4
TEST_F(RunnerTest, EndsACancelledJobWithinTenSeconds) {
  const auto id = queue_job(slow);
  const auto runner = start();
  ASSERT_TRUE(tests_run()) << logs();
  testing::request_cancel(db, id, "a newer commit was pushed");
  EXPECT_TRUE(wait_until([&] { return job_field(db, id, "state") == "cancelled"; }, 10s)) << logs();
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM review"), "0");
}

class KilledAt : public RunnerTest, public ::testing::WithParamInterface<const char*> {};

// I2, I3: whatever died when, the job ends once, with the same findings, and tells the bot once.
TEST_P(KilledAt, AnotherRunnerEndsTheJobOnce) {
  const std::string point = GetParam();
  const auto doomed = start(point);
  const auto id = queue_job(head);
  auto client = redis.client();
  ASSERT_TRUE(queue::announce(client, id));
  const auto status = doomed->wait(60s);
  ASSERT_TRUE(status && WIFEXITED(*status)) << logs();
  EXPECT_EQ(WEXITSTATUS(*status), 137) << logs();
  testing::expire_lease(db, id);
  const auto next = start();
  ASSERT_TRUE(becomes(id, "finished")) << logs();
  EXPECT_EQ(job_field(db, id, "attempts"), point == "woken" || point == "reported" ? "1" : "2");
  EXPECT_EQ(db.answer("SELECT dirty_version AS answer FROM review"), "1");
  EXPECT_EQ(db.answer("SELECT count(*) - count(DISTINCT (check_name, fingerprint)) AS answer FROM finding"), "0");
  EXPECT_GT(std::stoi(db.answer("SELECT count(*) AS answer FROM finding")), 0);
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM check_run k JOIN job j ON j.id = k.job_id "
                      "WHERE k.lease_epoch <> j.lease_epoch OR k.finished_at IS NULL"),
            "0");
}

INSTANTIATE_TEST_SUITE_P(EveryPoint, KilledAt,
                         ::testing::Values("woken", "claimed", "fetched", "begun", "in_checks", "before_report",
                                           "reported"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace greenroom::runner
