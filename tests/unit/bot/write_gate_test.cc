// What the sender does with a host that limits, wants silence, or is away.

#include "lib/bot/write_gate.h"

#include <gmock/gmock.h>

#include "lib/bot/sender.h"
#include "tests/support/test_redis.h"
#include "tests/unit/bot/fake_host.h"
#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {
namespace {

using Answer = FakeHost::Answer;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using namespace std::chrono_literals;

class WriteGateTest : public BotTest {
 protected:
  WriteGateTest() {
    happen(change_event());
    database_.script("UPDATE effect SET state = 'done', settled_at = now(), lease_until = NULL");
    auto fake = std::make_unique<FakeHost>();
    host = fake.get();
    host->limits = {{10, 1h}};  // two at once
    hosts_["local"] = std::move(fake);
  }
  void add_effect(const std::string& slot, model::Urgency urgency, int number = 1) {
    const pg::Query insert{
        "test/effect",
        "INSERT INTO effect (trace_id, repository_id, target_kind, number, key, kind, slot, payload, "
        "urgency) SELECT repeat('a', 32), id, 'issue', $1, $2, 'create_comment', $2, "
        "'{\"body\": \"Words\"}', $3 FROM repository"};
    const auto rows = database_.connection().run(insert, {number, slot, static_cast<int>(urgency)});
    if (!rows) throw std::runtime_error(rows.error().describe());
  }
  void send_all() {
    while (sender.send_one().value() == Step::did) {}
  }
  std::vector<std::string> slots() {
    std::vector<std::string> all;
    for (const auto& deed : host->deeds) all.push_back(deed.slot);
    return all;
  }
  std::string attempts(const std::string& slot) {
    return answer("SELECT state || ' ' || attempts AS answer FROM effect WHERE slot = '" + slot + "'");
  }

  testing::TestRedis redis;
  FakeHost* host = nullptr;
  WriteGate gate{redis.options(), clock_};
  Sender sender{pool_, hosts_, settings_, clock_, [](std::string_view) {}, &gate};
};

TEST_F(WriteGateTest, WhatTheBudgetHasNoRoomForCostsNoAttempt) {
  for (int i = 1; i <= 4; ++i) add_effect("say/" + std::to_string(i), model::Urgency::reply, i);
  send_all();
  EXPECT_THAT(slots(), ElementsAre("say/1", "say/2"));
  EXPECT_EQ(attempts("say/3"), "pending 0");
  EXPECT_EQ(attempts("say/4"), "pending 0");
}

TEST_F(WriteGateTest, AnswersToPeopleGoFirst) {
  add_effect("say/sweep", model::Urgency::sweep, 1);
  add_effect("say/review", model::Urgency::review, 2);
  add_effect("say/reply", model::Urgency::reply, 3);
  send_all();
  EXPECT_THAT(slots(), ElementsAre("say/reply"));  // the last one is not for the review
  host->limits.clear();
  clock_.advance(1h);
  send_all();
  EXPECT_THAT(slots(), ElementsAre("say/reply", "say/review", "say/sweep"));
}

TEST_F(WriteGateTest, WhatStandsBeforeAnAnswerIsAsUrgentAsTheAnswer) {
  host->limits.clear();
  add_effect("say/review", model::Urgency::review, 1);
  add_effect("say/sweep", model::Urgency::sweep, 2);
  add_effect("say/reply", model::Urgency::reply, 2);
  send_all();
  EXPECT_THAT(slots(), ElementsAre("say/sweep", "say/reply", "say/review"));
}

// Whoever looks while a group is given back sees either none of it or all: else it goes to the host in pieces.
TEST_F(WriteGateTest, AGroupThatMustWaitIsGivenBackLastOneFirst) {
  host->limits = {{1, 1h}};
  host->together = true;
  add_effect("say/1", model::Urgency::reply, 7);
  for (const auto* slot : {"thread/a", "thread/b", "thread/c"}) add_effect(slot, model::Urgency::review, 1);
  database_.script("UPDATE effect SET kind = 'create_thread' WHERE slot LIKE 'thread/%'");
  database_.script(
      "CREATE TABLE given_back (at serial, slot text);"
      "GRANT ALL ON given_back TO PUBLIC; GRANT ALL ON given_back_at_seq TO PUBLIC;"
      "CREATE FUNCTION note_it() RETURNS trigger LANGUAGE plpgsql AS "
      "$$ BEGIN INSERT INTO given_back (slot) VALUES (NEW.slot); RETURN NULL; END $$;"
      "CREATE TRIGGER note_it AFTER UPDATE ON effect FOR EACH ROW WHEN (OLD.state = 'sending' AND NEW.state = "
      "'pending') "
      "EXECUTE FUNCTION note_it()");
  send_all();
  EXPECT_THAT(slots(), ElementsAre("say/1"));
  EXPECT_EQ(answer("SELECT string_agg(slot, ' ' ORDER BY at) AS answer FROM given_back"), "thread/c thread/b thread/a");
}

TEST_F(WriteGateTest, LeavesAHostAloneThatAsksForSilence) {
  add_effect("say/1", model::Urgency::reply, 1);
  add_effect("say/2", model::Urgency::reply, 2);
  host->answers = {Answer::away};
  host->quiet = 90s;
  send_all();
  EXPECT_THAT(host->deeds, SizeIs(0));
  EXPECT_EQ(attempts("say/1"), "pending 0");
  WriteBudget other(redis.options());
  EXPECT_GT(other.take("fake", host->limits, model::Urgency::reply).value(), 80s) << "the other bots know it, too";
}

TEST_F(WriteGateTest, AHostThatIsAwayIsAskedLessAndLess) {
  host->limits.clear();
  for (int i = 1; i <= 9; ++i) add_effect("say/" + std::to_string(i), model::Urgency::reply, i);
  host->answers.assign(20, Answer::away);
  send_all();
  EXPECT_THAT(host->answers, SizeIs(20 - Breaker::kFailures));
  end_leases();
  clock_.advance(7s);
  send_all();
  EXPECT_THAT(host->answers, SizeIs(20 - Breaker::kFailures - 1)) << "one try";
  EXPECT_EQ(answer("SELECT max(attempts) AS answer FROM effect WHERE slot LIKE 'say/%'"), "1") << "which costs none";
  host->answers.clear();
  end_leases();
  clock_.advance(15s);
  send_all();
  EXPECT_THAT(host->deeds, SizeIs(9));
}

TEST_F(WriteGateTest, GoesOnSlowlyWithoutRedis) {
  redis.stop();
  for (int i = 1; i <= 3; ++i) add_effect("say/" + std::to_string(i), model::Urgency::reply, i);
  send_all();
  EXPECT_THAT(host->deeds, SizeIs(1));
  clock_.advance(31min);
  send_all();
  EXPECT_THAT(host->deeds, SizeIs(2));
}

}  // namespace
}  // namespace greenroom::bot
