#include <charconv>
#include <iostream>
#include <sstream>

#include "lib/pg/migrate.h"
#include "lib/pg/roles.h"
#include "services/cli/commands.h"
#include "services/cli/database.h"

namespace greenroom::cli {
namespace {

// "ROLE PASSWORD" lines from standard input, so that no password is ever an argument.
Result<void> set_roles(pg::Connection& db) {
  std::stringstream input;
  input << std::cin.rdbuf();
  GREENROOM_TRY(passwords, pg::parse_role_passwords(input.str()));
  GREENROOM_CHECK(pg::grant_roles(db));
  return pg::set_role_passwords(db, passwords);
}

// Down only as far as the person says, and only when they say so.
Result<pg::MigrationReport> migrate(pg::Connection& db, const Arguments& arguments) {
  if (!arguments.given("down")) return pg::migrate(db);
  const std::string text = arguments.text("down");
  int number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size() || number < 0)
    return user_fault("--down takes the number of the migration to go back to, not '" + text + "'");
  return pg::migrate_to(db, number);
}

Result<int> run(const Arguments& arguments) {
  GREENROOM_TRY(session, open_session());
  GREENROOM_TRY(report, migrate(*session.db, arguments));
  if (arguments.given("roles")) GREENROOM_CHECK(set_roles(*session.db));
  if (report.from == report.to)
    std::cout << "The database is up to date (" << report.to << ").\n";
  else
    std::cout << "The database went from " << report.from << " to " << report.to << ".\n";
  return kFine;
}

}  // namespace

Command command_migrate() {
  return {"migrate",
          "Bring the database to this program's schema.",
          {},
          {{"--roles", "", "also set the services' roles; reads \"ROLE PASSWORD\" lines"},
           {"--down", "N", "back to the schema of migration N; what came after it is lost"}},
          run};
}

}  // namespace greenroom::cli
