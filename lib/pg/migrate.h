#pragma once
// Brings a database to the newest schema. Each migration runs in its own transaction under one advisory lock, and is
// recorded in schema_migration with the SHA-256 of its text: an edited migration is refused.

#include "lib/pg/pg.h"

namespace greenroom::pg {

struct MigrationReport {
  int from = 0;
  int to = 0;
};

// Safe to call from several processes at once; the second waits and finds nothing to do.
// Errors: user_fault (the database is newer than this program, or a landed migration was edited), transient.
Result<MigrationReport> migrate(Connection& connection);
// Up or down to the schema of migration `number`; 0 removes everything. Loses data on the way down.
Result<MigrationReport> migrate_to(Connection& connection, int number);

}  // namespace greenroom::pg
