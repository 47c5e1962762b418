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

Result<int> run(const Arguments& arguments) {
  GREENROOM_TRY(session, open_session());
  GREENROOM_TRY(report, pg::migrate(*session.db));
  if (arguments.given("roles")) GREENROOM_CHECK(set_roles(*session.db));
  if (report.from == report.to) std::cout << "The database is up to date (" << report.to << ").\n";
  else std::cout << "The database went from " << report.from << " to " << report.to << ".\n";
  return kFine;
}

}  // namespace

Command command_migrate() {
  return {"migrate", "Bring the database to this program's schema.", {}, {{"--roles", "", "also set the services' roles; reads \"ROLE PASSWORD\" lines"}}, run};
}

}  // namespace greenroom::cli
