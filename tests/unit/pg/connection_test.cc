#include <gtest/gtest.h>

#include "lib/pg/pg.h"
#include "lib/pg/query.h"
#include "tests/support/test_database.h"

namespace greenroom::pg {
namespace {

using testing::TestDatabase;
using namespace std::chrono_literals;

TEST(Connection, GivesBackEveryKindOfValueItWasGiven) {
  TestDatabase db;
  const TimePoint when = *parse_time("2026-03-01T09:30:00.123456Z");
  const std::string raw("\0\x01\xff'\\", 5);
  auto rows = db.connection().run(
      {"values",
       "SELECT $1::text AS t, $2::bigint AS i, $3::boolean AS b, $4::timestamptz AS w, $5::bytea AS r, "
       "$6::text AS n, $7::float8 AS f, $8::text[] AS a, $9::timestamptz AS later"},
      {"it's \"ok\" ü", std::int64_t{-7}, true, when, Bytes{raw}, nullptr, 1.5, text_array({"a,b", "c\"\\d", ""}),
       std::optional<TimePoint>{}});
  ASSERT_TRUE(rows) << rows.error().describe();
  const Row row = (*rows)[0];
  EXPECT_EQ(row.text("t"), "it's \"ok\" ü");
  EXPECT_EQ(row.integer("i"), -7);
  EXPECT_TRUE(row.boolean("b"));
  EXPECT_EQ(row.time("w"), when);
  EXPECT_EQ(row.bytes("r"), raw);
  EXPECT_TRUE(row.is_null("n"));
  EXPECT_EQ(row.text("n"), "");
  EXPECT_EQ(row.real("f"), 1.5);
  EXPECT_EQ(row.text("a"), R"({"a,b","c\"\\d",""})");
  EXPECT_EQ(row.maybe_time("later"), std::nullopt);
}

TEST(Connection, ThrowsWhenAColumnIsNotThere) {
  TestDatabase db;
  const auto rows = db.connection().run({"one", "SELECT 1 AS one"});
  EXPECT_THROW(static_cast<void>((*rows)[0].integer("two")), std::logic_error);
  EXPECT_THROW(static_cast<void>((*rows)[1]), std::logic_error);
}

TEST(Connection, SaysHowManyRowsAStatementTouched) {
  TestDatabase db;
  db.script("CREATE TABLE t (n int)");
  const auto rows = db.connection().run({"fill", "INSERT INTO t SELECT generate_series(1, 5)"});
  EXPECT_EQ(rows->affected(), 5);
}

TEST(Connection, StaysUsableAfterAnError) {
  TestDatabase db;
  const Query broken{"broken", "SELECT nothing_like_it FROM job"};
  const auto first = db.connection().run(broken);
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().kind, ErrorKind::bug);
  EXPECT_EQ(db.connection().run(broken).error().kind, ErrorKind::bug);  // not "prepared statement does not exist"
  EXPECT_TRUE(db.connection().usable());
  EXPECT_EQ(db.answer("SELECT 1 AS answer"), "1");
}

TEST(Connection, TellsLongNamesApart) {
  TestDatabase db;
  const std::string name(100, 'n');
  EXPECT_EQ((*db.connection().run({name + "1", "SELECT 1 AS n"}))[0].integer("n"), 1);
  EXPECT_EQ((*db.connection().run({name + "2", "SELECT 2 AS n"}))[0].integer("n"), 2);
}

struct Refusal {
  std::string sql;
  ErrorKind kind;
  std::string says;
};

TEST(Connection, TellsErrorsApartByWhatTheCallerCanDo) {
  TestDatabase db;
  db.script(
      "CREATE TABLE t (n int CONSTRAINT small CHECK (n < 10), CONSTRAINT once UNIQUE (n)); INSERT INTO t VALUES (1)");
  const std::vector<Refusal> cases{
      {"INSERT INTO t VALUES (11)", ErrorKind::rejected, "small"},
      {"INSERT INTO t VALUES (1)", ErrorKind::rejected, "once"},
      {"SELECT 'x'::int", ErrorKind::rejected, "22P02"},
      {"SELEC 1", ErrorKind::bug, "42601"},
      {"SELECT pg_terminate_backend(pg_backend_pid())", ErrorKind::transient, ""},
  };
  for (const auto& one : cases) {
    const auto connection = db.open();
    const auto rows = connection->run({one.sql, one.sql});
    ASSERT_FALSE(rows) << one.sql;
    EXPECT_EQ(rows.error().kind, one.kind) << rows.error().describe();
    EXPECT_NE(rows.error().describe().find(one.says), std::string::npos) << rows.error().describe();
  }
}

TEST(Connection, GivesUpWhenAStatementTakesTooLong) {
  TestDatabase db;
  Options options = db.options();
  options.statement_timeout = 50ms;
  const auto connection = *Connection::open(options);
  const auto rows = connection->run({"slow", "SELECT pg_sleep(60)"});
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().kind, ErrorKind::transient);
  EXPECT_TRUE(connection->usable());
}

TEST(Connection, SaysTransientWhenNobodyListens) {
  Options options;
  options.conninfo = "host=/nonexistent dbname=greenroom";
  const auto connection = Connection::open(options);
  ASSERT_FALSE(connection);
  EXPECT_EQ(connection.error().kind, ErrorKind::transient);
}

TEST(Connection, NoticesThatTheServerHungUp) {
  TestDatabase db;
  const auto connection = db.open();
  EXPECT_TRUE(connection->usable());
  db.kill_connections();
  const auto rows = connection->run({"one", "SELECT 1 AS one"});
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().kind, ErrorKind::transient);
  EXPECT_FALSE(connection->usable());
}

TEST(Connection, KeepsWhatATransactionDidOnlyWhenItSucceeds) {
  TestDatabase db;
  db.script("CREATE TABLE t (n int)");
  const Query add{"add", "INSERT INTO t VALUES ($1)"};
  const auto failed = db.connection().transaction([&](Connection& c) -> Result<void> {
    GREENROOM_CHECK(c.run(add, {1}));
    return user_fault("changed my mind");
  });
  EXPECT_EQ(failed.error().message, "changed my mind");
  const auto done = db.connection().transaction([&](Connection& c) -> Result<void> {
    GREENROOM_CHECK(c.run(add, {2}));
    return {};
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(db.answer("SELECT string_agg(n::text, ',') AS answer FROM t"), "2");
}

TEST(Connection, RollsBackAndStaysUsableWhenTheBodyThrows) {
  TestDatabase db;
  const auto throwing = [&] {
    (void)db.connection().transaction([&](Connection& c) -> Result<void> {
      GREENROOM_CHECK(c.run(Query{"test/throwing", "CREATE TABLE left_behind ()"}));
      throw std::logic_error("a bug");
    });
  };
  EXPECT_THROW(throwing(), std::logic_error);
  EXPECT_EQ(db.answer("SELECT to_regclass('left_behind') IS NULL AS answer"), "t");
  EXPECT_TRUE(db.connection().transaction([](Connection&) -> Result<void> { return {}; }));
}

TEST(Connection, DoubtsACommitWhoseAnswerNeverCame) {
  TestDatabase db;
  // A deferred trigger runs inside COMMIT, and ends its own connection there.
  db.script(R"(CREATE TABLE t (n int);
    CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hang_up())");
  const auto connection = db.open();
  const auto outcome = connection->transaction([](Connection& c) -> Result<void> {
    GREENROOM_CHECK(c.run({"add", "INSERT INTO t VALUES (1)"}));
    return {};
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::in_doubt) << outcome.error().describe();
  EXPECT_FALSE(connection->usable());
}

TEST(Pipeline, AnswersEveryStepInOrder) {
  TestDatabase db;
  const Query twice{"twice", "SELECT $1::int * 2 AS n"};
  std::vector<Connection::Step> steps;
  for (int i = 0; i < 500; ++i) steps.push_back({twice, {i}});
  const auto all = db.connection().run_pipeline(steps);
  ASSERT_TRUE(all) << all.error().describe();
  ASSERT_EQ(all->size(), steps.size());
  for (int i = 0; i < 500; ++i) EXPECT_EQ((*all)[static_cast<std::size_t>(i)][0].integer("n"), 2 * i);
}

TEST(Pipeline, KeepsNothingWhenOneStepFails) {
  TestDatabase db;
  db.script("CREATE TABLE t (n int UNIQUE)");
  const Query add{"add", "INSERT INTO t VALUES ($1)"};
  const Query bad{"bad", "SELECT 1 FROM no_such_table"};
  const Query later{"later", "SELECT count(*) AS answer FROM t"};
  const auto all = db.connection().run_pipeline({{add, {1}}, {bad, {}}, {later, {}}});
  ASSERT_FALSE(all);
  EXPECT_NE(all.error().message.find("no_such_table"), std::string::npos);
  const auto rows = db.connection().run(later);  // its PREPARE was skipped: it has to be prepared again
  ASSERT_TRUE(rows) << rows.error().describe();
  EXPECT_EQ((*rows)[0].integer("answer"), 0);
}

TEST(Pipeline, CarriesMoreThanTheSocketBuffersHold) {
  TestDatabase db;
  const std::string megabyte(1 << 20, 'x');
  const Query echo{"echo", "SELECT $1::text AS t"};
  const auto all = db.connection().run_pipeline(std::vector<Connection::Step>(16, {echo, {megabyte}}));
  ASSERT_TRUE(all) << all.error().describe();
  EXPECT_EQ(all->back()[0].text("t"), megabyte);
}

TEST(Pipeline, IsInDoubtWhenTheConnectionBreaks) {
  TestDatabase db;
  const auto connection = db.open();
  const auto all =
      connection->run_pipeline({{{"bye", "SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(1)"}, {}}});
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().kind, ErrorKind::in_doubt) << all.error().describe();
}

TEST(Listen, WakesOnANotificationAndTimesOutWithoutOne) {
  TestDatabase db;
  const auto listener = db.open();
  ASSERT_TRUE(listener->listen("greenroom_review"));
  EXPECT_EQ(*listener->wait_notification(1ms), std::nullopt);
  db.script("NOTIFY greenroom_review, '7'; NOTIFY other, '8'; NOTIFY greenroom_review, '9'");
  for (const char* expected : {"7", "9"}) {
    const auto note = listener->wait_notification(10s);
    ASSERT_TRUE(note && *note);
    EXPECT_EQ((*note)->channel, "greenroom_review");
    EXPECT_EQ((*note)->payload, expected);
  }
}

TEST(Listen, TellsWhenTheConnectionIsGone) {
  TestDatabase db;
  const auto listener = db.open();
  ASSERT_TRUE(listener->listen("greenroom_review"));
  db.kill_connections();
  const auto note = listener->wait_notification(10s);
  ASSERT_FALSE(note);
  EXPECT_EQ(note.error().kind, ErrorKind::transient);
}

TEST(Listen, TakesOnlyIdentifiers) {
  TestDatabase db;
  EXPECT_EQ(db.connection().listen("a; DROP TABLE job").error().kind, ErrorKind::bug);
}

TEST(Query, ThrowsForAFileThatIsNotThere) {
  EXPECT_EQ(query("transaction/begin").sql, "BEGIN\n");
  EXPECT_THROW(static_cast<void>(query("transaction/begi")), std::logic_error);
}

}  // namespace
}  // namespace greenroom::pg
