#include "lib/pg/migrate.h"

#include <gtest/gtest.h>

#include <thread>

#include "lib/pg/query.h"
#include "tests/support/test_database.h"

namespace greenroom::pg {
namespace {

using testing::TestDatabase;
using Schema = TestDatabase::Schema;

int newest() { return static_cast<int>(all_migrations().size()); }

// Every table, column, constraint and index, as one text.
constexpr std::string_view kShape = R"(
  SELECT string_agg(line, E'\n' ORDER BY line) AS answer FROM (
    SELECT table_schema || '.' || table_name || '.' || column_name || ' ' || data_type || coalesce(column_default, '') AS line
      FROM information_schema.columns WHERE table_schema IN ('public', 'local_host')
    UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace::regnamespace::text IN ('public', 'local_host')
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'local_host')) AS lines)";

TEST(Migrate, BringsAnEmptyDatabaseToTheNewestSchemaOnce) {
  TestDatabase db(Schema::none);
  const auto first = migrate(db.connection());
  ASSERT_TRUE(first) << first.error().describe();
  EXPECT_EQ(first->from, 0);
  EXPECT_EQ(first->to, newest());
  const auto second = migrate(db.connection());
  ASSERT_TRUE(second);
  EXPECT_EQ(second->from, newest());
}

TEST(Migrate, EveryMigrationCanBeUndoneAndDoneAgain) {
  TestDatabase db(Schema::none);
  ASSERT_TRUE(migrate(db.connection()));
  const std::string shape = db.answer(kShape);
  for (int number = newest() - 1; number >= 0; --number) {
    const auto down = migrate_to(db.connection(), number);
    ASSERT_TRUE(down) << down.error().describe();
    const auto up = migrate(db.connection());
    ASSERT_TRUE(up) << up.error().describe();
    EXPECT_EQ(db.answer(kShape), shape) << "after undoing down to " << number;
  }
}

TEST(Migrate, LeavesNothingBehindAtZero) {
  TestDatabase db;
  ASSERT_TRUE(migrate_to(db.connection(), 0));
  EXPECT_EQ(
      db.answer(
          "SELECT count(*) AS answer FROM information_schema.tables WHERE table_schema IN ('public', 'local_host')"),
      "0");
}

TEST(Migrate, LetsSeveralProcessesMigrateAtOnce) {
  TestDatabase db(Schema::none);
  std::vector<Result<MigrationReport>> reports(4);
  {
    std::vector<std::jthread> threads;
    for (auto& report : reports) {
      threads.emplace_back(
          [&report, connection = std::shared_ptr<Connection>(db.open())] { report = migrate(*connection); });
    }
  }
  for (const auto& report : reports) ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM schema_migration"), std::to_string(newest()));
}

TEST(Migrate, RefusesAnEditedMigration) {
  TestDatabase db;
  db.script("UPDATE schema_migration SET sha256 = 'other' WHERE number = 1");
  const auto report = migrate(db.connection());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::user_fault);
  EXPECT_NE(report.error().message.find("migration 1 (the_line) was edited"), std::string::npos);
}

TEST(Migrate, RefusesADatabaseThatIsNewerThanTheProgram) {
  TestDatabase db;
  db.script("INSERT INTO schema_migration VALUES (" + std::to_string(newest() + 1) + ", 'from_the_future', 'x')");
  const auto report = migrate(db.connection());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::user_fault);
  EXPECT_NE(report.error().message.find("from_the_future"), std::string::npos);
}

TEST(Migrate, KeepsNothingOfAMigrationThatFails) {
  TestDatabase db(Schema::none);
  db.script("CREATE TABLE finding (n int)");  // in the way of the first migration, near its middle
  const auto report = migrate(db.connection());
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().describe().find("migration 1 (the_line)"), std::string::npos) << report.error().describe();
  EXPECT_EQ(db.answer("SELECT count(*) AS answer FROM information_schema.tables WHERE table_schema = 'public'"), "1");
}

}  // namespace
}  // namespace greenroom::pg
