#include "lib/work/worker.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "lib/base/synchronized.h"
#include "lib/pg/query.h"
#include "lib/queue/practice.h"
#include "lib/store/practice_report.h"
#include "tests/support/job_rows.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_redis.h"
#include "tests/unit/git/git_fixture.h"

namespace greenroom::work {
namespace {

using model::CheckState;

// A sandbox that notes what it is given, and prints what the test wants.
class PracticeTest : public git::GitFixture {
 protected:
  PracticeTest() {
    std::filesystem::create_symlink(source(), path("1.git"));
    settings.directory = state.path();
    settings.git_root = path("");
    settings.toolbox = {{"flake8", "/usr/bin/flake8", "6.0.0", {}, {}}, {"pytest", "/usr/bin/pytest", "7.2.1", {}, {}}};
    settings.config = config::Config::load("", [](const std::string&) { return std::string(); }).value();
    settings.execute = [this](const sandbox::Plan& plan, const auto&, const auto& cancelled) {
      started.with([&](auto& all) { all.push_back(plan.argv[0]); });
      if (plan.argv.size() > 1 && plan.argv[1] == "/work/snippet.py")
        seen = state.read(plan.workspace.substr(state.path().size() + 1) + "/snippet.py");
      sandbox::SandboxOutcome outcome;
      outcome.process.exit_code = 0;
      outcome.process.out.head = "printed \xff";
      if (while_running) while_running();
      outcome.process.cancelled = cancelled && cancelled();
      return Result<sandbox::SandboxOutcome>(outcome);
    };
    db.script(
        "INSERT INTO person (id, host, host_account_id, login) OVERRIDING SYSTEM VALUE VALUES (7, 'local', 7, 'maya')");
    base = commit({{"a.py", "x = 1\n"}, {"tests/test_a.py", "def test_a():\n    pass\n"}});
    head = commit({{"a.py", "x = 2\n"}, {"tests/test_a.py", "def test_a():\n    pass\n"}}, {base});
    testing::insert_job(db, {.head_sha = head, .base_sha = base});  // makes the repository
    db.script("DELETE FROM job");
  }
  Ended work(const pg::Params& what, const std::string& may_run) {
    pg::Params all{std::string(32, 'a'), 7};
    all.insert(all.end(), what.begin(), what.end());
    all.insert(all.end(), {true, may_run, 20});
    const auto rows = db.connection().run(pg::query("web/queue_try"), all);
    if (!rows || rows->empty()) throw std::runtime_error("not queued");
    const auto lease = queue::claim_try(db.connection(), "r").value().value();
    Worker worker(settings, pool, redis.options(), SlotDirectory::take(state.path()).value());
    return worker.work(lease, [this] { return stopping; });
  }
  Ended work_on_snippet(const std::string& may_run = "everything", const std::string& name = "snippet.py") {
    return work({name, pg::Bytes{text}, nullptr, nullptr, nullptr, nullptr}, may_run);
  }
  Ended work_on_branch(const std::string& may_run) { return work({nullptr, nullptr, 1, "topic", head, base}, may_run); }
  model::PracticeReport report() {
    return store::practice_report_from_json(
               db.answer("SELECT convert_from(report, 'UTF8') AS answer FROM practice_try"))
        .value();
  }
  std::string column(const std::string& name) { return db.answer("SELECT " + name + " AS answer FROM practice_try"); }
  bool was_started(const std::string& program) {
    return started.with([&](auto& all) { return std::count(all.begin(), all.end(), program) > 0; });
  }

  testing::TestDatabase db;
  testing::TestRedis redis;
  testing::TempDirectory state;
  pg::Pool pool{db.options_as("greenroom_runner"), 4};
  Settings settings;
  Synchronized<std::vector<std::string>> started;
  std::string base, head, seen;
  const std::string text = "import os\nprint(1)\n";
  std::function<void()> while_running;
  bool stopping = false;
};

TEST_F(PracticeTest, ChecksASnippetRunsItAndTellsItsOwnerAlone) {
  EXPECT_EQ(work_on_snippet(), Ended::finished);
  EXPECT_EQ(seen, text);
  EXPECT_TRUE(was_started("/usr/bin/flake8"));
  const auto told = report();
  ASSERT_TRUE(told.ran);
  EXPECT_EQ(told.ran->ending, "ended well");
  EXPECT_EQ(told.ran->out, "printed \xEF\xBF\xBD");
  EXPECT_FALSE(told.checks.empty());
  EXPECT_FALSE(std::filesystem::exists(state / "slots/0/scratch/practice"));
  for (const std::string table :
       {"job", "check_run", "finding", "review", "effect", "lesson_shown", "event", "section"})
    EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM " + table), "0") << table;
}

TEST_F(PracticeTest, RunsNothingOfAPersonWhoseCodeWaits) {
  EXPECT_EQ(work_on_snippet("reading"), Ended::finished);
  EXPECT_TRUE(was_started("/usr/bin/flake8"));
  EXPECT_FALSE(was_started("/usr/bin/python3"));
  EXPECT_FALSE(report().ran);
}

TEST_F(PracticeTest, RunsNoSnippetThatHasNoInterpreter) {
  EXPECT_EQ(work_on_snippet("everything", "snippet.cpp"), Ended::finished);
  EXPECT_FALSE(report().ran);
}

TEST_F(PracticeTest, ChecksABranchWithItsTestsWhereTheyMayRun) {
  EXPECT_EQ(work_on_branch("everything"), Ended::finished);
  EXPECT_TRUE(was_started("/usr/bin/flake8") && was_started("/usr/bin/pytest"));
}

TEST_F(PracticeTest, ChecksABranchWithoutItsTestsWhereTheyWait) {
  EXPECT_EQ(work_on_branch("reading"), Ended::finished);
  EXPECT_TRUE(was_started("/usr/bin/flake8"));
  EXPECT_FALSE(was_started("/usr/bin/pytest"));
  const auto told = report();
  const auto tests =
      std::find_if(told.checks.begin(), told.checks.end(), [](auto& one) { return one.name == "pytest"; });
  ASSERT_NE(tests, told.checks.end());
  EXPECT_EQ(tests->state, CheckState::waiting);
}

TEST_F(PracticeTest, SaysThatABranchIsGone) {
  head = std::string(40, 'f');
  EXPECT_EQ(work_on_branch("everything"), Ended::failed);
  EXPECT_EQ(column("state || ': ' || reason"), "dead: the git host no longer has this commit");
}

TEST_F(PracticeTest, KeepsNothingOfATryThatWasForgottenWhileItRan) {
  while_running = [&] {
    db.script(
        "UPDATE practice_try SET state = 'cancelled', reason = 'forgotten', content = NULL, lease_until = NULL, "
        "finished_at = now()");
  };
  EXPECT_EQ(work_on_snippet(), Ended::lease_lost);
  EXPECT_EQ(column("state || (report IS NULL)::text"), "cancelledtrue");
  EXPECT_FALSE(std::filesystem::exists(state / "slots/0/scratch/practice"));
}

TEST_F(PracticeTest, IsHandedBackByARunnerThatLeaves) {
  while_running = [&] { stopping = true; };
  EXPECT_EQ(work_on_snippet(), Ended::given_back);
  EXPECT_EQ(column("state || attempts::text"), "queued0");
}

}  // namespace
}  // namespace greenroom::work
