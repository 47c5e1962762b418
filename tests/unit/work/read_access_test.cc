// A job whose repository is on a git host: fetched over HTTP with what the bot gives, and with nothing else.

#include "lib/work/read_access.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <thread>

#include "lib/bot/access_giver.h"
#include "lib/hosts/local/practice.h"
#include "lib/hosts/local/smart_http.h"
#include "lib/queue/queue.h"
#include "tests/support/job_rows.h"
#include "tests/support/temp_directory.h"
#include "tests/support/test_redis.h"
#include "tests/support/wait.h"
#include "tests/unit/bot/fake_host.h"
#include "tests/unit/git/git_fixture.h"

namespace greenroom::work {
namespace {

using ::testing::HasSubstr;
using testing::job_field;
using ::testing::Not;
using testing::wait_until;

constexpr auto kToken = "ghs_that_may_read";

// The server of git is the practice host's own; it knows one account, named as GitHub wants tokens to be used.
class ReadAccessTest : public git::GitFixture {
 protected:
  ReadAccessTest() {
    serve();
    settings.directory = state.path();
    settings.toolbox = {{"flake8", "/usr/bin/flake8", "6.0.0", {}, {}}};
    settings.config = config::Config::load("", [](const std::string&) { return std::string(); }).value();
    settings.retry_pause = settings.access_patience = std::chrono::milliseconds(0);
    settings.execute = [](const sandbox::Plan&, const auto&, const auto&) {
      sandbox::SandboxOutcome outcome;
      outcome.process.exit_code = 0;
      return Result<sandbox::SandboxOutcome>(outcome);
    };
    base = commit({{"a.py", "x = 1\n"}});
    head = commit({{"a.py", "x = 2\n"}}, {base});
    auto host = std::make_unique<bot::FakeHost>();
    github = host.get();
    hosts["github"] = std::move(host);
  }
  void serve() {
    auto& rows = db.connection();
    const auto account =
        hosts::local::ensure_account(rows, "x-access-token", "App", model::Account::Kind::person, Secret(kToken));
    const auto repository = hosts::local::ensure_repository(rows, path("git"), "studio/pipeline", "main", "/bin/true");
    ASSERT_TRUE(account && repository);
    ASSERT_TRUE(hosts::local::set_permission(rows, *repository, *account, "read"));
    const auto directory = hosts::local::repository_directory(path("git"), *repository);
    std::filesystem::remove_all(directory);
    std::filesystem::create_symlink(source(), directory);
    http::ServerOptions options;
    options.blocking_threads = 2;
    auto started = http::Server::start(options, [this](const http::Request& request, const auto& responder) {
      ++requests;
      responder->send(smart.handle(request));
    });
    ASSERT_TRUE(started) << started.error().describe();
    server = std::move(*started);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server->port()) + "/git/studio/pipeline.git"; }
  Ended work() {
    id = testing::insert_job(db, {.head_sha = head, .base_sha = base});
    static const pg::Query move{"test/move", "UPDATE repository SET host = 'github'"};
    EXPECT_TRUE(db.connection().run(move));
    return work_again();
  }
  Ended work_again() {
    const auto job = queue::claim(db.connection(), id, "r").value();
    Worker worker(settings, pool, redis.options(), SlotDirectory::take(state.path()).value());
    return worker.work(job.value(), [] { return false; });
  }
  // With a bot that answers the one question.
  Ended work_with_bot() {
    settings.access_patience = std::chrono::minutes(1);
    std::jthread answering([this] {
      EXPECT_TRUE(wait_until([this] {
        const auto step = bot::AccessGiver(bot_pool, hosts).give_one();
        return step && *step == bot::Step::did;
      }));
    });
    return work();
  }

  testing::TestDatabase db;
  testing::TestRedis redis;
  testing::TempDirectory state;
  pg::Pool pool{db.options_as("greenroom_runner"), 4}, bot_pool{db.options_as("greenroom_bot"), 2};
  pg::Pool dashboard_pool{db.options_as("greenroom_dashboard"), 2};
  hosts::local::SmartHttp smart{dashboard_pool, {path("git"), "/etc/greenroom/dashboard.yml"}};
  bot::HostSet hosts;
  bot::FakeHost* github = nullptr;
  Settings settings;
  std::string base, head;
  model::JobId id;
  std::atomic<int> requests{0};
  std::unique_ptr<http::Server> server;  // last: it answers until the others are still there
};

TEST_F(ReadAccessTest, FetchesWithTheTokenThatTheBotSealed) {
  github->access = hosts::Host::ReadAccess{url(), Secret(kToken)};
  EXPECT_EQ(work_with_bot(), Ended::finished) << job_field(db, id, "reason");
  EXPECT_EQ(job_field(db, id, "merge_base"), base);
  EXPECT_GT(requests, 0);
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM read_access WHERE length(sealed) > 48"), "1");
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM read_access WHERE position('ghs_'::bytea IN sealed) > 0"), "0")
      << "a token that can be read in the database";
  ASSERT_TRUE(bot::AccessGiver(bot_pool, hosts).forget());
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM read_access"), "0");
}

TEST_F(ReadAccessTest, NothingIsAskedForWhatIsThereAlready) {
  github->access = hosts::Host::ReadAccess{url(), Secret(kToken)};
  ASSERT_EQ(work_with_bot(), Ended::finished);
  ASSERT_TRUE(bot::AccessGiver(bot_pool, hosts).forget());
  const int before = requests;
  id = testing::insert_job(db, {.repository = 1, .change = 2, .head_sha = head, .base_sha = base});
  settings.access_patience = std::chrono::milliseconds(0);
  static const pg::Query move{"test/move_change", "UPDATE change SET repository_id = (SELECT min(id) FROM repository)"};
  ASSERT_TRUE(db.connection().run(move));
  EXPECT_EQ(work_again(), Ended::finished) << job_field(db, id, "reason");
  EXPECT_EQ(requests, before);
}

TEST_F(ReadAccessTest, ARefusalIsToldInWordsForPeople) {
  EXPECT_EQ(work_with_bot(), Ended::failed);
  EXPECT_EQ(job_field(db, id, "state"), "dead");
  EXPECT_THAT(job_field(db, id, "reason"), HasSubstr("install the App there"));
}

TEST_F(ReadAccessTest, AHostThatIsNotSetUpIsSaid) {
  hosts.clear();
  EXPECT_EQ(work_with_bot(), Ended::failed);
  EXPECT_THAT(job_field(db, id, "reason"), HasSubstr("not set up in Greenroom"));
}

TEST_F(ReadAccessTest, ABotOrAHostThatIsAwayCostsNoAttempt) {
  EXPECT_EQ(work(), Ended::given_back);
  EXPECT_EQ(job_field(db, id, "concat_ws(' ', state, attempts)"), "queued 0");
}

TEST_F(ReadAccessTest, AnAnswerThatMayPassIsAskedForAgain) {
  github->access = transient("GitHub asked for a pause");
  ASSERT_EQ(work(), Ended::given_back);
  ASSERT_TRUE(queue::claim(db.connection(), id, "r").value());
  static const pg::Query renew{"test/renew",
                               "UPDATE read_access SET lease_epoch = (SELECT max(lease_epoch) FROM job), "
                               "not_before = now()"};
  ASSERT_TRUE(db.connection().run(renew));
  const auto step = bot::AccessGiver(bot_pool, hosts).give_one();
  ASSERT_TRUE(step);
  EXPECT_EQ(*step, bot::Step::nothing);
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM read_access WHERE not_before > now() AND sealed IS NULL AND "
                      "refusal IS NULL"),
            "1");
}

TEST_F(ReadAccessTest, AWrongTokenIsNoFaultThatPeopleSeeDetailsOf) {
  github->access = hosts::Host::ReadAccess{url(), Secret("ghs_of_somebody_else")};
  EXPECT_EQ(work_with_bot(), Ended::failed);
  EXPECT_THAT(job_field(db, id, "reason"), Not(HasSubstr("127.0.0.1")));
}

TEST_F(ReadAccessTest, ATokenDoesNotTravelWithoutTls) {
  github->access =
      hosts::Host::ReadAccess{"http://localhost:" + std::to_string(server->port()) + "/git/a/b.git", Secret(kToken)};
  EXPECT_EQ(work_with_bot(), Ended::failed);
  EXPECT_EQ(requests, 0);
}

TEST_F(ReadAccessTest, ALeaseThatWasLostAsksForNothing) {
  id = testing::insert_job(db, {.head_sha = head, .base_sha = base});
  static const pg::Query move{"test/move", "UPDATE repository SET host = 'github'"};
  ASSERT_TRUE(db.connection().run(move));
  auto job = queue::claim(db.connection(), id, "r").value().value();
  job.lease_epoch -= 1;
  ReadAccess access(pool, job, settings, [] { return false; });
  EXPECT_FALSE(access.source());
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM read_access"), "0");
}

}  // namespace
}  // namespace greenroom::work
