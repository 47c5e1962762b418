// What people do while their webhook is lost: found by polling, done once, whenever the webhook comes after all.

#include "lib/bot/poller.h"

#include <gmock/gmock.h>

#include <future>

#include "lib/hosts/hosts.h"
#include "lib/hosts/local/payload.h"
#include "lib/hosts/local/practice.h"
#include "lib/store/delivery_log.h"
#include "tests/unit/bot/fake_host.h"
#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {
namespace {

namespace local = hosts::local;
using ::testing::ElementsAre;

class PollerTest : public BotTest {
 protected:
  PollerTest() { poll(); }  // makes the open change known

  static Result<int> poll_with(pg::Pool& pool, const Settings& settings, const Clock& clock, CrashPoint crash_point) {
    HostSet hosts;
    hosts["local"] = local::make_host(pool, "greenroom");
    Intake intake(
        pool, hosts, settings, clock, [](model::JobId) {}, [](std::string_view) {});
    return Poller(pool, hosts, intake, std::move(crash_point)).poll();
  }
  int poll(const std::string& crash_at = "") {
    const auto missing = poll_with(pool_, settings_, clock_, dying_at(crash_at));
    if (!missing) throw std::runtime_error(missing.error().describe());
    return *missing;
  }

  // Deeds on the host of which no webhook tells.
  static model::Event need(const Result<model::Event>& deed) {
    if (!deed) throw std::runtime_error(deed.error().describe());
    return *deed;
  }
  model::Event says(std::int64_t account, std::int64_t number, const std::string& body,
                    std::optional<std::int64_t> thread = std::nullopt) {
    return need(local::write_comment(database_.connection(), 1, number, account, body, thread));
  }
  model::Event settles(std::int64_t thread, bool resolved) {
    return need(local::resolve_thread(database_.connection(), 1, 1, thread, kMaya, resolved));
  }
  // The webhook, sooner or later.
  store::Stored comes(const model::Event& event) {
    const Secret secret("the webhook's");
    const auto sent = local::sign(event, secret);
    model::Headers headers;
    for (const auto& [name, value] : sent.headers) headers.emplace_back(name, value);
    const auto verified = hosts::ingress_named("local")->verify(headers, sent.body, {secret});
    if (!verified) throw std::runtime_error(verified.error().describe());
    model::Delivery delivery{{},
                             {std::string(32, 'd')},
                             "local",
                             verified->host_delivery,
                             verified->event_name,
                             verified->semantic_key,
                             {},
                             sent.body,
                             clock_.now()};
    return store::store_delivery(database_.connection(), delivery).value();
  }
  std::int64_t standing_thread() {
    want(review_with_thread());
    post_all();
    return std::stoll(answer("SELECT host_ref AS answer FROM posted WHERE slot = 'thread/f1'"));
  }
  std::string thread_state() { return answer("SELECT state AS answer FROM posted WHERE slot = 'thread/f1'"); }
  std::string stored() { return answer("SELECT count(*) AS answer FROM delivery"); }
};

TEST_F(PollerTest, ALostCommandIsFoundAndRunsOnce) {
  const auto command = says(kBen, 2, "/good-first-issue");
  EXPECT_EQ(poll(), 1);
  take_all();
  post_all();
  EXPECT_THAT(ledger(), ElementsAre("react", "add_label", "add_label", "create_comment"));
  EXPECT_EQ(comes(command), store::Stored::known);
  EXPECT_EQ(poll(), 0);
  take_all();
  post_all();
  EXPECT_EQ(ledger().size(), 4u);
}

TEST_F(PollerTest, WhatItsWebhookBroughtIsNotFoundAgain) {
  EXPECT_EQ(comes(says(kMaya, 1, "/help")), store::Stored::fresh);
  EXPECT_EQ(poll(), 0);
  EXPECT_EQ(stored(), "1");
}

TEST_F(PollerTest, ALostAnswerAndALostResolutionAreFound) {
  const auto thread = standing_thread();
  says(kMaya, 1, "Why?", thread);
  EXPECT_EQ(poll(), 1);
  take_all();
  EXPECT_EQ(answer("SELECT answered AS answer FROM posted WHERE slot = 'thread/f1'"), "t");
  settles(thread, true);
  EXPECT_EQ(poll(), 1);
  take_all();
  EXPECT_EQ(thread_state(), "resolved_by_person");
  settles(thread, false);
  EXPECT_EQ(poll(), 1);
  take_all();
  EXPECT_EQ(thread_state(), "open");
}

TEST_F(PollerTest, AResolutionThatIsFoundLateDoesNotTurnALaterWord) {
  const auto thread = standing_thread();
  settles(thread, true);  // its webhook is lost, the next one's is not
  comes(settles(thread, false));
  take_all();
  EXPECT_EQ(poll(), 1);
  take_all();
  EXPECT_EQ(thread_state(), "open");
  comes(settles(thread, true));
  take_all();
  EXPECT_EQ(thread_state(), "resolved_by_person");
}

TEST_F(PollerTest, LostIssuesAndLabelsAreFound) {
  auto& db = database_.connection();
  const auto opened = need(local::open_issue(db, 1, kMaya, "A wish", ""));
  need(local::set_label(db, 1, opened.issue->number, kBen, "bug", true));
  need(local::set_label(db, 1, opened.issue->number, kBen, "bug", false));
  need(local::close_issue(db, 1, opened.issue->number, kMaya));
  EXPECT_EQ(poll(), 4);
  take_all();
  EXPECT_EQ(answer("SELECT string_agg(kind, ',' ORDER BY id) AS answer FROM event WHERE issue_number = 3"),
            "issue_opened,issue_labeled,issue_unlabeled,issue_closed");
}

TEST_F(PollerTest, EveryPageIsRead) {
  for (int i = 0; i < 205; ++i) says(kMaya, 1, "word " + std::to_string(i));
  EXPECT_EQ(poll(), 205);
  EXPECT_EQ(poll(), 0);
  EXPECT_EQ(stored(), "205");
}

TEST_F(PollerTest, WhoeverDiesBeforeTheCursorMovesLosesNothing) {
  says(kBen, 2, "/good-first-issue");
  EXPECT_THROW(poll("after_poll_store"), Crash);
  EXPECT_EQ(answer("SELECT cursor AS answer FROM poll_cursor"), "0") << "read again by the next bot";
  EXPECT_EQ(poll(), 0) << "known by its meaning";
  EXPECT_NE(answer("SELECT cursor AS answer FROM poll_cursor"), "0");
  take_all();
  post_all();
  EXPECT_THAT(ledger(), ElementsAre("react", "add_label", "add_label", "create_comment"));
}

TEST_F(PollerTest, SeveralAtATimeStoreEachDeedOnce) {
  for (int i = 0; i < 120; ++i) says(kMaya, 1, "word " + std::to_string(i));
  pg::Pool other(database_.options_as("greenroom_bot"), 2);
  const auto nothing = [](std::string_view) {};
  auto beside = std::async(std::launch::async, [&] { return poll_with(other, settings_, clock_, nothing); });
  const int here = poll();
  const auto there = beside.get();
  ASSERT_TRUE(there) << there.error().describe();
  EXPECT_EQ(here + *there + poll(), 120);
  EXPECT_EQ(stored(), "120");
}

TEST_F(PollerTest, WhatWasReadIsForgottenButForTheNewest) {
  const auto rows = [this] { return answer("SELECT count(*) || ' ' || min(id) AS answer FROM local_host.journal"); };
  database_.script(
      "INSERT INTO local_host.journal (repository_id, kind, event) SELECT 1, 'comment_created', 'no JSON' FROM "
      "generate_series(1, 1500)");
  ASSERT_TRUE(hosts_["local"]->deeds_since(1, "300"));
  EXPECT_EQ(rows(), "1200 301") << "what nobody has read stays, however much it is";
  ASSERT_TRUE(hosts_["local"]->deeds_since(1, "1499"));
  EXPECT_EQ(rows(), "1000 501") << "a bot that lost its place begins there";
  ASSERT_TRUE(hosts_["local"]->deeds_since(1, "1500"));
  EXPECT_EQ(rows(), "1000 501") << "nothing came, so nothing goes";
}

TEST_F(PollerTest, AHostThatIsAwayHidesNothingOfTheOthers) {
  for (const char* name : {"before local", "the one behind"}) {  // in the order of the list
    auto away = std::make_unique<FakeHost>();
    away->lists_nothing = true;
    hosts_[name] = std::move(away);
  }
  Intake intake(
      pool_, hosts_, settings_, clock_, [](model::JobId) {}, [](std::string_view) {});
  says(kBen, 2, "/good-first-issue");
  const auto found = Poller(pool_, hosts_, intake, [](std::string_view) {}).poll();
  ASSERT_TRUE(found) << found.error().describe();
  EXPECT_EQ(*found, 1);
}

TEST_F(PollerTest, ADeedThatCannotBeReadIsFailedOnceAndTheNextOneFound) {
  database_.script(
      "INSERT INTO local_host.journal (repository_id, kind, event) VALUES (1, 'comment_created', 'no JSON')");
  says(kBen, 2, "/good-first-issue");
  EXPECT_EQ(poll(), 2);
  take_all();
  EXPECT_EQ(answer("SELECT string_agg(state, ',' ORDER BY id) AS answer FROM delivery"), "failed,done");
  EXPECT_EQ(poll(), 0);
}

}  // namespace
}  // namespace greenroom::bot
