// How hosts and repositories are set up: looked at once an hour or when asked, and written down for the dashboard.

#include "lib/bot/connections.h"

#include <gmock/gmock.h>

#include "lib/hosts/hosts.h"
#include "tests/support/fake_github/app_key.h"
#include "tests/support/fake_github/fake_github.h"
#include "tests/unit/bot/fake_host.h"
#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {
namespace {

using ::testing::HasSubstr;

class ConnectionsTest : public BotTest {
 protected:
  ConnectionsTest() { hosts_["local"] = hosts::local::make_host(pool_, "greenroom"); }
  Step examine(HostSet& hosts) {
    const auto step = Connections(pool_, hosts, "http://127.0.0.1:1").examine_one();
    if (!step) throw std::runtime_error(step.error().describe());
    return *step;
  }
  int examine_all(HostSet& hosts) {
    int looks = 0;
    while (looks < 20 && examine(hosts) == Step::did) ++looks;
    return looks;
  }
  int examine_all() { return examine_all(hosts_); }
  std::string remarks_of(const std::string& host, int repository) {
    return answer("SELECT remarks::text AS answer FROM connection WHERE host = '" + host +
                  "' AND host_repository_id = " + std::to_string(repository));
  }
  std::string rows() {
    return answer(
        "SELECT coalesce(string_agg(host || '/' || host_repository_id, ' ' ORDER BY host, host_repository_id), '') AS "
        "answer FROM connection");
  }
};

TEST_F(ConnectionsTest, LooksAtTheHostAndAtEachOfItsRepositoriesOnce) {
  EXPECT_EQ(examine_all(), 2);
  EXPECT_EQ(rows(), "local/0 local/1");
  EXPECT_THAT(remarks_of("local", 0), HasSubstr("Greenroom is greenroom on local"));
  EXPECT_THAT(remarks_of("local", 0), HasSubstr("Nothing answers at http://127.0.0.1:1/hooks/local"));
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM connection WHERE examined_at IS NULL"), "0");
}

TEST_F(ConnectionsTest, LooksAgainAfterAnHour) {
  examine_all();
  database_.script("UPDATE connection SET remarks = '[]'");
  database_.script("UPDATE connection SET examined_at = now() - interval '59 minutes'");
  EXPECT_EQ(examine_all(), 0);
  database_.script("UPDATE connection SET examined_at = now() - interval '61 minutes'");
  EXPECT_EQ(examine_all(), 2);
}

TEST_F(ConnectionsTest, LooksAgainAfterFiveMinutesWhileSomethingIsMissing) {
  examine_all();
  database_.script("UPDATE connection SET examined_at = now() - interval '4 minutes'");
  EXPECT_EQ(examine_all(), 0);
  database_.script("UPDATE connection SET examined_at = now() - interval '6 minutes'");
  EXPECT_EQ(examine_all(), 1) << "the host, whose webhook service does not answer";
}

TEST_F(ConnectionsTest, LooksAtOnceWhenAnOperatorAsksAndThenNoMore) {
  examine_all();
  database_.script("UPDATE connection SET asked_at = now() WHERE host_repository_id = 1");
  EXPECT_EQ(examine_all(), 1);
  EXPECT_EQ(examine_all(), 0);
}

TEST_F(ConnectionsTest, TwoBotsDoNotLookAtTheSame) {
  examine_all();
  database_.script("UPDATE connection SET asked_at = now(), not_before = now() + interval '5 minutes'");
  EXPECT_EQ(examine_all(), 0) << "another bot looks, and has five minutes for it";
  database_.script("UPDATE connection SET not_before = now()");
  EXPECT_EQ(examine_all(), 2) << "it died over it";
}

TEST_F(ConnectionsTest, ForgetsARepositoryThatTheBotWasLetOutOf) {
  examine_all();
  database_.script(
      "INSERT INTO connection (host, host_repository_id, full_name, examined_at) VALUES ('local', 9, 'old/one', now());"
      "UPDATE connection SET asked_at = now() WHERE host_repository_id = 0");
  examine_all();
  EXPECT_EQ(rows(), "local/0 local/1");
}

TEST_F(ConnectionsTest, KeepsTheRepositoriesOfAHostThatCannotBeAsked) {
  auto away = std::make_unique<FakeHost>();
  away->lists_nothing = true;
  hosts_["local"] = std::move(away);
  database_.script(
      "INSERT INTO connection (host, host_repository_id, full_name, examined_at) VALUES ('local', 9, 'old/one', "
      "now())");
  examine_all();
  EXPECT_EQ(rows(), "local/0 local/9");
  EXPECT_THAT(remarks_of("local", 0), HasSubstr("could not be asked for the bot's repositories"));
}

TEST_F(ConnectionsTest, ForgetsAHostThatIsNotSetUpAnyMore) {
  examine_all();
  HostSet others;
  others["github"] = std::make_unique<FakeHost>();
  examine_all(others);
  EXPECT_EQ(rows(), "github/0");
}

TEST_F(ConnectionsTest, WritesDownWhatGithubMisses) {
  testing::FakeGithubOptions how;
  how.app_public_key = testing::app_key().public_pem;
  how.clock = &clock_;
  testing::FakeGithub github(how);
  github.add_repository("studio", "pipeline", 77);
  auto granted = testing::least_permissions();
  granted.erase("checks");
  github.add_installation("studio", granted);
  hosts::github::Options options;
  options.api_url = github.url();
  options.app_id = how.app_id;
  options.private_key = Secret(testing::app_key().private_pem);
  HostSet hosts;
  hosts["github"] = hosts::github::make_host(options, clock_);
  EXPECT_EQ(examine_all(hosts), 2);
  EXPECT_THAT(remarks_of("github", 77), HasSubstr("'Checks: Read and write'"));
  EXPECT_THAT(remarks_of("github", 77), HasSubstr("The App has no webhook"));
}

}  // namespace
}  // namespace greenroom::bot
