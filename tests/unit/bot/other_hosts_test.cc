// From GitLab's, Gitea's and Forgejo's webhook to what stands there: each deed once, whatever is lost on the way.

#include <gmock/gmock.h>

#include <set>

#include "lib/bot/review_lock.h"
#include "lib/hosts/hosts.h"
#include "tests/support/fake_gitea/fake_gitea.h"
#include "tests/support/fake_gitlab/fake_gitlab.h"
#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {
namespace {

using testing::FakeGitea;
using testing::FakeGitlab;
using ::testing::HasSubstr;

constexpr std::int64_t kRepository = 501;
const std::string kBase(40, 'b');

class OtherHost : public BotTest {
 protected:
  void take(const std::string& host, const std::string& event, const std::string& body) {
    const pg::Query insert{"test/deliver_webhook",
                           "INSERT INTO delivery (trace_id, host, host_delivery, event_name, body) "
                           "VALUES (repeat('a', 32), $1, gen_random_uuid()::text, $2, $3)"};
    const auto rows = database_.connection().run(insert, {host, event, pg::Bytes{body}});
    ASSERT_TRUE(rows) << rows.error().describe();
    take_all();
    ASSERT_EQ(answer("SELECT state || coalesce(error, '') AS answer FROM delivery ORDER BY id DESC LIMIT 1"), "done");
  }
  void post_until_settled() {
    for (int i = 0; i < 20; ++i) {
      post_all();
      if (answer("SELECT settled_version = wanted_version AS answer FROM review") == "t") return;
      end_leases();
      clock_.advance(std::chrono::minutes(10));
    }
    FAIL() << answer("SELECT string_agg(key || ' ' || coalesce(error, ''), ', ') AS answer FROM effect");
  }
  // A review with two threads; then one of them is gone, and the comment says something else.
  void two_rounds() {
    auto wanted = review_with_thread();
    wanted.threads.push_back({"f2", "flake8/F841", "src/a.py", 4, 0, "**Use the name**"});
    wanted.live_fingerprints.push_back("f2");
    want(wanted);
    post_until_settled();
    wanted.summary = "### One left\n";
    wanted.threads.pop_back();
    wanted.live_fingerprints.pop_back();
    want(wanted);
    post_until_settled();
    EXPECT_EQ(answer("SELECT count(*) AS answer FROM effect WHERE state <> 'done'"), "0");
  }
  // By the host's own lists: the summary and both threads, and nothing twice.
  void expect_standing(const std::string& host) {
    const model::Target target{{}, host, kRepository, model::Target::Kind::change, number};
    const auto standing = hosts_[host]->standing(target, settings_.marker_key);
    ASSERT_TRUE(standing) << standing.error().describe();
    std::multiset<std::string> slots, resolved;
    for (const auto& one : *standing) {
      slots.insert(one.slot);
      if (one.resolved) resolved.insert(one.slot);
      if (one.slot == "summary") {
        EXPECT_THAT(one.body, HasSubstr("One left"));
      }
    }
    EXPECT_EQ(slots, (std::multiset<std::string>{"summary", "thread/f1", "thread/f2"}));
    EXPECT_EQ(resolved, (std::multiset<std::string>{"thread/f2"}));
  }
  std::int64_t number = 0;
};

class OnGitlab : public OtherHost {
 protected:
  OnGitlab() : gitlab(options()) {
    gitlab.add_user("maya", 21);
    gitlab.add_user("roombot", 30);
    gitlab.add_project("studio/pipeline", kRepository);
    gitlab.set_level(kRepository, "roombot", testing::gitlab::Level::developer);
    gitlab.add_commit(kRepository, kBase, "", {{"src/a.py", "import os\n"}});
    gitlab.set_branch(kRepository, "main", kBase);
    gitlab.add_commit(kRepository, kFirstHead, kBase, {{"src/a.py", "import os\nimport sys\n\n\nx = 1\ny = 2\n"}});
    FakeGitlab::NewChange change;
    change.head_sha = kFirstHead;
    number = gitlab.person_opens_change(kRepository, "maya", change);
    hosts::gitlab::Options how;
    how.api_url = gitlab.url() + "/api/v4";
    how.dashboard_url = settings_.dashboard_url;
    how.token = Secret(gitlab.add_token("roombot"));
    hosts_["gitlab"] = hosts::gitlab::make_host(how, clock_);
  }
  testing::FakeGitlabOptions options() const {
    testing::FakeGitlabOptions options;
    options.clock = &clock_;
    return options;
  }
  FakeGitlab gitlab;
};

TEST_F(OnGitlab, SaysEverythingOnce) {
  take("gitlab", "Merge Request Hook", gitlab.last_webhook().body);
  EXPECT_EQ(answer("SELECT base_sha AS answer FROM change"), kBase) << "which the webhook does not say";
  EXPECT_EQ(answer("SELECT login AS answer FROM person WHERE host_account_id = 21"), "maya");
  two_rounds();
  expect_standing("gitlab");
  EXPECT_EQ(gitlab.unknown_routes(), std::vector<std::string>());
}

TEST_F(OnGitlab, WaitsUntilTheHostSaysWhereTheTargetIs) {
  gitlab.set_preparing(kRepository, number);
  const auto body = gitlab.last_webhook().body;
  const pg::Query insert{"test/deliver_webhook",
                         "INSERT INTO delivery (trace_id, host, host_delivery, event_name, body) "
                         "VALUES (repeat('a', 32), 'gitlab', 'one', 'Merge Request Hook', $1)"};
  ASSERT_TRUE(database_.connection().run(insert, {pg::Bytes{body}}));
  take_all();
  EXPECT_EQ(answer("SELECT state AS answer FROM delivery"), "stored");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM change"), "0");
}

class OnGitea : public OtherHost, public ::testing::WithParamInterface<testing::gitea::Flavour> {
 protected:
  OnGitea() : gitea(options()) {
    gitea.add_user("studio", 19);
    gitea.add_user("maya", 21);
    gitea.add_user("roombot", 30);
    gitea.add_repository("studio", "pipeline", kRepository);
    gitea.set_role(kRepository, "roombot", testing::gitea::Role::admin);
    gitea.set_lines(kRepository, "src/a.py", 6);
    number = gitea.person_opens_pull(kRepository, "maya", kFirstHead);
    hosts::gitea::Options how;
    how.api_url = gitea.api_url();
    how.dashboard_url = settings_.dashboard_url;
    how.token = Secret(gitea.add_token("roombot"));
    how.review_lock = std::make_shared<PostgresReviewLock>(pool_);
    hosts_["gitea"] = hosts::gitea::make_host(how, clock_);
  }
  testing::FakeGiteaOptions options() const {
    testing::FakeGiteaOptions options;
    options.flavour = GetParam();
    options.clock = &clock_;
    return options;
  }
  FakeGitea gitea;
};

TEST_P(OnGitea, SaysEverythingOnce) {
  const auto sent = gitea.webhooks().back();
  take("gitea", sent.event, sent.body);
  two_rounds();
  expect_standing("gitea");
  EXPECT_EQ(gitea.unknown_routes(), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Flavours, OnGitea,
                         ::testing::Values(testing::gitea::Flavour::gitea, testing::gitea::Flavour::forgejo));

using ReviewLockTest = BotTest;

TEST_F(ReviewLockTest, IsHeldAgainstEveryOtherBot) {
  pg::Pool other_pool(database_.options_as("greenroom_bot"), 2);
  PostgresReviewLock one(pool_), other(other_pool);
  const hosts::gitea::ReviewPlace place{30, 501, 1}, elsewhere{30, 501, 2};
  auto held = one.take(place);
  ASSERT_TRUE(held) << held.error().describe();
  const auto refused = other.take(place);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::transient);
  EXPECT_TRUE(other.take(elsewhere));
  held->reset();
  EXPECT_TRUE(other.take(place));
}

TEST_F(ReviewLockTest, EndsWithItsConnection) {
  pg::Pool other_pool(database_.options_as("greenroom_bot"), 2);
  PostgresReviewLock one(pool_), other(other_pool);
  const auto held = one.take({30, 501, 1});
  ASSERT_TRUE(held);
  database_.kill_connections();
  (void)other.take({30, 501, 1});  // whose own connection was ended, too
  EXPECT_TRUE(other.take({30, 501, 1}));
}

}  // namespace
}  // namespace greenroom::bot
