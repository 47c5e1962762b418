// The practice host under the contract of every host.

#include <future>

#include "lib/hosts/hosts.h"
#include "lib/pg/query.h"
#include "tests/conformance/host_contract.h"
#include "tests/support/test_database.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

constexpr std::string_view kState = R"(
INSERT INTO local_host.account (login, display_name, kind) VALUES
    ('greenroom', 'Greenroom', 'bot'), ('maya', 'Maya', 'person'), ('ben', 'Ben', 'person');
INSERT INTO local_host.repository (full_name) VALUES ('studio/pipeline');
INSERT INTO local_host.member VALUES (1, 3, 'write');
INSERT INTO local_host.item (repository_id, number, kind, author_id, title, head_ref, base_ref, head_sha, base_sha)
    VALUES (1, 1, 'change', 2, 'Collect shots', 'maya/first', 'main', repeat('a', 40), repeat('b', 40)),
           (1, 2, 'issue', 3, 'Add a frame range', NULL, NULL, NULL, NULL);
)";

class LocalGround final : public HostGround {
 public:
  LocalGround() : pool_(database_.options_as("greenroom_bot"), 1) {
    database_.script(kState);
    host_ = hosts::local::make_host(pool_, "greenroom");
  }
  hosts::Host& host() override { return *host_; }
  model::Target change() override { return {{}, "local", 1, model::Target::Kind::change, 1}; }
  model::Target issue() override { return {{}, "local", 1, model::Target::Kind::issue, 2}; }
  std::string head() override { return std::string(40, 'a'); }
  std::int64_t person() override { return 2; }
  std::int64_t maintainer() override { return 3; }

  std::string person_comments(const model::Target& target, const std::string& body) override {
    return write(target.number, std::nullopt, body);
  }
  void person_replies(const std::string& thread, const std::string& body) override { write(1, thread, body); }
  void person_resolves(const std::string& thread) override {
    database_.script("UPDATE local_host.thread SET resolved_by = 2, resolved_at = now() WHERE id = " + thread);
  }
  void person_deletes(const std::string& comment) override {
    database_.script("DELETE FROM local_host.comment WHERE id = " + comment);
  }
  int deeds() override { return std::stoi(database_.answer("SELECT count(*) AS answer FROM local_host.ledger")); }

 private:
  std::string write(std::int64_t number, const std::optional<std::string>& thread, const std::string& body) {
    const pg::Query insert{"test/write",
                           "INSERT INTO local_host.comment (repository_id, number, thread_id, author_id, body) "
                           "VALUES (1, $1, $2, 2, $3) RETURNING id"};
    const auto rows = database_.connection().run(insert, {number, thread, body});
    if (!rows) throw std::runtime_error(rows.error().describe());
    return (*rows)[0].text("id");
  }

  TestDatabase database_;
  pg::Pool pool_;
  std::unique_ptr<hosts::Host> host_;
};

INSTANTIATE_TEST_SUITE_P(Local, HostContract, ::testing::Values([]() -> std::unique_ptr<HostGround> {
                           return std::make_unique<LocalGround>();
                         }));

TEST(LocalHost, SaysTransientOrInDoubtWhenItsDatabaseIsAway) {
  pg::Options nowhere;
  nowhere.conninfo = "host=/nonexistent dbname=none";
  pg::Pool pool(nowhere, 1);
  const auto host = hosts::local::make_host(pool, "greenroom");
  EXPECT_EQ(host->bot_account_id(), 0);
  model::Effect effect;
  effect.kind = model::EffectKind::create_comment;
  const auto done = host->perform(effect);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::transient);
  EXPECT_FALSE(host->standing({}, Secret("key")));
}

TEST(LocalHost, DoubtsADeedWhoseConnectionBroke) {
  TestDatabase database;
  database.script(kState);
  pg::Pool pool(database.options_as("greenroom_bot"), 1);
  const auto host = hosts::local::make_host(pool, "greenroom");
  ASSERT_GT(host->bot_account_id(), 0);
  model::Effect effect;
  effect.kind = model::EffectKind::create_comment;
  effect.target = {{}, "local", 1, model::Target::Kind::change, 1};
  effect.body = "words";
  database.script("BEGIN; LOCK TABLE local_host.comment IN ACCESS EXCLUSIVE MODE");
  auto doing = std::async(std::launch::async, [&] { return host->perform(effect); });
  const bool waits = wait_until([&] {
    return database.answer(
               "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND "
               "datname = current_database()) AS answer") == "t";
  });
  // Only the one that waits: were the lock's holder ended first, the deed would be done after all.
  database.answer(
      "SELECT bool_and(pg_terminate_backend(pid, 5000)) AS answer FROM pg_stat_activity "
      "WHERE wait_event_type = 'Lock' AND datname = current_database()");
  const auto done = doing.get();
  database.script("COMMIT");
  ASSERT_TRUE(waits);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::in_doubt);
}

}  // namespace
}  // namespace greenroom::testing
