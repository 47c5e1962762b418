#include <iostream>

#include "lib/pg/migrate.h"
#include "services/cli/commands.h"
#include "services/cli/database.h"

namespace greenroom::cli {
namespace {

Result<int> run(const Arguments&) {
  GREENROOM_TRY(session, open_session());
  GREENROOM_TRY(report, pg::migrate(*session.db));
  if (report.from == report.to) std::cout << "The database is up to date (" << report.to << ").\n";
  else std::cout << "The database went from " << report.from << " to " << report.to << ".\n";
  return kFine;
}

}  // namespace

Command command_migrate() {
  return {"migrate", "Bring the database to this program's schema.", {}, {{"--roles", "", "also set the services' roles; reads \"ROLE PASSWORD\" lines"}}, run};
}

}  // namespace greenroom::cli
