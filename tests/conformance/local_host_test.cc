// The practice host under the contract of every host.

#include <future>

#include "lib/hosts/hosts.h"
#include "lib/hosts/local/payload.h"
#include "lib/hosts/local/practice.h"
#include "tests/conformance/host_contract.h"
#include "tests/support/test_database.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

namespace local = hosts::local;

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
    return did(local::write_comment(db(), 1, target.number, 2, body, std::nullopt)).comment_id;
  }
  void person_replies(const std::string& thread, const std::string& body) override {
    did(local::write_comment(db(), 1, 1, 2, body, std::stoll(thread)));
  }
  void person_resolves(const std::string& thread) override {
    did(local::resolve_thread(db(), 1, 1, std::stoll(thread), 2, true));
  }
  void person_reopens(const std::string& thread) override {
    did(local::resolve_thread(db(), 1, 1, std::stoll(thread), 2, false));
  }
  void person_deletes(const std::string& comment) override {
    database_.script("DELETE FROM local_host.comment WHERE id = " + comment);
  }
  std::int64_t person_opens_issue() override { return did(local::open_issue(db(), 1, 2, "A wish", "")).issue_number; }
  void maintainer_labels(std::int64_t issue, const std::string& label) override {
    did(local::set_label(db(), 1, issue, 3, label, true));
  }
  void maintainer_unlabels(std::int64_t issue, const std::string& label) override {
    did(local::set_label(db(), 1, issue, 3, label, false));
  }
  void person_closes_issue(std::int64_t issue) override { did(local::close_issue(db(), 1, issue, 2)); }
  std::pair<int, int> anchor_of(const std::string& thread) override {
    const auto field = [&](const std::string& column) {
      return std::stoi(database_.answer("SELECT " + column + " AS answer FROM local_host.thread WHERE id = " + thread));
    };
    return {field("start_line"), field("line")};
  }
  std::string meaning_of_last_webhook() override {
    const Secret secret("the webhook's");
    const auto sent = local::sign(last_, secret);
    model::Headers headers;
    for (const auto& [name, value] : sent.headers) headers.emplace_back(name, value);
    const auto verified = hosts::ingress_named("local")->verify(headers, sent.body, {secret});
    return verified ? verified->semantic_key : verified.error().describe();
  }
  int deeds() override { return std::stoi(database_.answer("SELECT count(*) AS answer FROM local_host.ledger")); }

 private:
  struct Did {
    std::string comment_id;
    std::int64_t issue_number = 0;
  };
  Did did(const Result<model::Event>& deed) {
    if (!deed) throw std::runtime_error(deed.error().describe());
    last_ = *deed;
    return {last_.comment ? std::to_string(last_.comment->host_comment_id) : "", last_.issue ? last_.issue->number : 0};
  }
  pg::Connection& db() { return database_.connection(); }

  model::Event last_;
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
