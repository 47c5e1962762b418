#include "lib/queue/practice.h"

#include <gtest/gtest.h>

#include "lib/pg/query.h"
#include "tests/support/test_database.h"

namespace greenroom::queue {
namespace {

using testing::TestDatabase;

class Tries : public ::testing::Test {
 protected:
  Tries() {
    db.script(
        "INSERT INTO person (id, host, host_account_id, login) OVERRIDING SYSTEM VALUE "
        "VALUES (1, 'local', 1, 'maya'), (2, 'local', 2, 'ben')");
  }
  // As the dashboard queues one; false: there are too many, or one is under way.
  bool queue(int person, const std::string& content = "print(1)\n", int per_hour = 20) {
    const auto rows =
        dashboard->run(pg::query("web/queue_try"), {std::string(32, 'a'), person, "snippet.py", pg::Bytes{content},
                                                    nullptr, nullptr, nullptr, nullptr, true, "everything", per_hour});
    EXPECT_TRUE(rows) << rows.error().describe();
    return rows && !rows->empty();
  }
  model::PracticeTry take() {
    const auto lease = claim_try(*runner, "r1");
    if (!lease || !*lease) throw std::runtime_error("not claimed");
    return **lease;
  }
  bool something_waits() { return claim_try(*runner, "r2").value().has_value(); }
  std::string field(const std::string& column) {
    return db.answer("SELECT " + column + " AS answer FROM practice_try ORDER BY id DESC LIMIT 1");
  }
  void expire() {
    db.script("UPDATE practice_try SET lease_until = now() - interval '1 second' WHERE state = 'leased'");
  }

  TestDatabase db;
  std::unique_ptr<pg::Connection> runner = db.open_as("greenroom_runner");
  std::unique_ptr<pg::Connection> dashboard = db.open_as("greenroom_dashboard");
};

TEST_F(Tries, CarryWhatTheRunnerNeedsAndNotWhoseTheyAre) {
  ASSERT_TRUE(queue(1, std::string("x\0y\xff", 4)));
  const auto lease = take();
  EXPECT_EQ(lease.file_name, "snippet.py");
  EXPECT_EQ(lease.content, std::string("x\0y\xff", 4)) << "any bytes";
  EXPECT_EQ(lease.may_run, model::MayRun::everything);
  EXPECT_TRUE(lease.run && lease.is_snippet());
  EXPECT_FALSE(something_waits());
  const std::string sql = "SELECT person_id FROM practice_try";
  EXPECT_FALSE(runner->run({sql, sql}));
  const std::string allow = "UPDATE practice_try SET may_run = 'everything'";
  EXPECT_FALSE(runner->run({allow, allow}));
}

TEST_F(Tries, OfOnePersonGoOneAtATimeAndSoManyAnHour) {
  ASSERT_TRUE(queue(1, "a\n", 2));
  EXPECT_FALSE(queue(1, "b\n", 2)) << "one is under way";
  EXPECT_TRUE(queue(2, "c\n", 2)) << "somebody else's";
  ASSERT_TRUE(*finish_try(*runner, take(), "{}"));
  EXPECT_TRUE(queue(1, "d\n", 2));
  db.script(
      "UPDATE practice_try SET state = 'dead', reason = 'x', finished_at = now(), lease_until = NULL WHERE state = "
      "'queued'");
  EXPECT_FALSE(queue(1, "e\n", 2)) << "two this hour";
  db.script("UPDATE practice_try SET queued_at = queued_at - interval '61 minutes'");
  EXPECT_TRUE(queue(1, "f\n", 2));
}

TEST_F(Tries, AreForgottenAtOnceAndCountAllTheSame) {
  ASSERT_TRUE(queue(1, "secret\n", 1));
  const auto lease = take();
  const auto forget = [&](int person) {
    return dashboard->run(pg::query("web/forget_try"), {lease.id, person})->size();
  };
  EXPECT_EQ(forget(2), 0) << "somebody else's";
  EXPECT_EQ(*renew_try(*runner, lease), Renewal::held);
  EXPECT_EQ(forget(1), 1);
  EXPECT_EQ(field("state || coalesce(length(content), 0)::text"), "cancelled0");
  EXPECT_EQ(*renew_try(*runner, lease), Renewal::lost);
  EXPECT_FALSE(*finish_try(*runner, lease, "{}"));
  EXPECT_FALSE(queue(1, "again\n", 1));
}

TEST_F(Tries, OldEpochsChangeNothing) {
  ASSERT_TRUE(queue(1));
  const auto old = take();
  expire();
  const auto fresh = take();
  EXPECT_EQ(fresh.attempt, 2);
  EXPECT_EQ(*renew_try(*runner, old), Renewal::lost);
  EXPECT_FALSE(*finish_try(*runner, old, "old"));
  ASSERT_TRUE(fail_try(*runner, old, "old", false));
  EXPECT_EQ(field("state"), "leased");
  EXPECT_TRUE(*finish_try(*runner, fresh, "new"));
  EXPECT_EQ(field("convert_from(report, 'UTF8')"), "new");
}

TEST_F(Tries, EndAfterThreeRunnersDiedOverThem) {
  ASSERT_TRUE(queue(1));
  for (int i = 0; i < 3; ++i) {
    take();
    expire();
  }
  EXPECT_FALSE(something_waits());
  const auto bot = db.open_as("greenroom_bot");
  ASSERT_TRUE(sweep_tries(*bot, std::chrono::hours(24)));
  EXPECT_EQ(field("state || ' ' || reason"), "dead it stopped three times without an answer");
}

TEST_F(Tries, GivenBackCountNoAttemptAndFailedOnesDo) {
  ASSERT_TRUE(queue(1));
  ASSERT_TRUE(give_back_try(*runner, take()));
  EXPECT_EQ(field("state || attempts::text"), "queued0");
  ASSERT_TRUE(fail_try(*runner, take(), "a fault of ours", true));
  EXPECT_EQ(field("state || attempts::text"), "queued1");
  ASSERT_TRUE(fail_try(*runner, take(), "there is no such branch", false));
  EXPECT_EQ(field("state || ' ' || reason"), "dead there is no such branch");
}

TEST_F(Tries, AreRemovedAfterTheirHoursAndWithTheirPerson) {
  ASSERT_TRUE(queue(1));
  ASSERT_TRUE(queue(2));
  db.script("UPDATE practice_try SET queued_at = now() - interval '5 hours 1 minute' WHERE person_id = 1");
  const auto bot = db.open_as("greenroom_bot");
  ASSERT_TRUE(sweep_tries(*bot, std::chrono::hours(6)));
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM practice_try"), "2");
  ASSERT_TRUE(sweep_tries(*bot, std::chrono::hours(5)));
  EXPECT_EQ(db.answer("SELECT string_agg(person_id::text, ',') AS answer FROM practice_try"), "2");
  db.script("DELETE FROM person WHERE id = 2");
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM practice_try"), "0");
}

TEST_F(Tries, AreNobodysBusinessButTheirOwners) {
  ASSERT_TRUE(queue(1, "secret\n"));
  const auto bot = db.open_as("greenroom_bot");
  for (const std::string column : {"content", "report", "person_id"}) {
    const std::string sql = "SELECT " + column + " FROM practice_try";
    EXPECT_FALSE(bot->run({sql, sql})) << column;
  }
}

}  // namespace
}  // namespace greenroom::queue
