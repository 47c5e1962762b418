#include "lib/pg/migrate.h"

#include "lib/base/hash.h"
#include "lib/pg/query.h"

namespace greenroom::pg {
namespace {

std::string checksum(const Migration& migration) { return to_hex(sha256(migration.up)); }
std::string title(int number, std::string_view name) {
  return "migration " + std::to_string(number) + " (" + std::string(name) + ")";
}

Result<void> verify(const Row& row) {
  const auto number = row.integer("number");
  const auto& migrations = all_migrations();
  if (number > static_cast<std::int64_t>(migrations.size())) {
    return user_fault("the database has " + title(static_cast<int>(number), row.text("name")) +
                      ", which this program does not know: install the newer Greenroom");
  }
  const auto& known = migrations[static_cast<std::size_t>(number - 1)];
  if (row.text("sha256") == checksum(known)) return {};
  return user_fault(title(known.number, known.name) +
                    " was edited after it was applied: put its file back, and write a new migration for the change");
}

// Number of the newest migration in the database, after checking that all of them are ours.
Result<int> current(Connection& connection) {
  GREENROOM_TRY(exists, connection.run(query("migration/exists")));
  if (!exists[0].boolean("present")) return 0;
  GREENROOM_TRY(rows, connection.run(query("migration/applied")));
  for (int i = 0; i < rows.size(); ++i) {
    if (rows[i].integer("number") != i + 1) {
      return user_fault("the database lacks migration " + std::to_string(i + 1) + ": restore it from a backup");
    }
    GREENROOM_CHECK(verify(rows[i]));
  }
  return rows.size();
}

Result<void> apply(Connection& connection, const Migration& migration) {
  auto done = connection.run_script(migration.up);
  if (!done) return pass(std::move(done).error(), title(migration.number, migration.name));
  GREENROOM_CHECK(connection.run(query("migration/record"), {migration.number, migration.name, checksum(migration)}));
  return {};
}

Result<void> revert(Connection& connection, const Migration& migration) {
  GREENROOM_CHECK(connection.run(query("migration/forget"), {migration.number}));
  auto done = connection.run_script(migration.down);
  if (!done) return pass(std::move(done).error(), "undo " + title(migration.number, migration.name));
  return {};
}

// One step towards `wanted` in a transaction of its own; reports where the database was before it.
Result<int> step(Connection& connection, int wanted) {
  int before = 0;
  GREENROOM_CHECK(connection.transaction([&](Connection& db) -> Result<void> {
    GREENROOM_CHECK(db.run_script(query("migration/lock").sql));
    GREENROOM_TRY(at, current(db));
    before = at;
    const auto& migrations = all_migrations();
    if (at < wanted) return apply(db, migrations[static_cast<std::size_t>(at)]);
    if (at > wanted) return revert(db, migrations[static_cast<std::size_t>(at - 1)]);
    return {};
  }));
  return before;
}

}  // namespace

Result<MigrationReport> migrate_to(Connection& connection, int number) {
  if (number < 0 || number > static_cast<int>(all_migrations().size())) {
    return user_fault("there is no migration " + std::to_string(number));
  }
  std::optional<int> from;
  while (true) {
    auto at = step(connection, number);
    if (!at) return pass(std::move(at).error(), "migrate");
    if (!from) from = *at;
    if (*at == number) return MigrationReport{*from, number};
  }
}

Result<MigrationReport> migrate(Connection& connection) {
  return migrate_to(connection, static_cast<int>(all_migrations().size()));
}

}  // namespace greenroom::pg
