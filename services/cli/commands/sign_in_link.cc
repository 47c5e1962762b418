#include <iostream>

#include "lib/base/hash.h"
#include "lib/pg/query.h"
#include "services/cli/commands.h"
#include "services/cli/database.h"

namespace greenroom::cli {
namespace {

Result<int> run(const Arguments& arguments) {
  GREENROOM_TRY(session, open_session());
  const std::string login = arguments.text("login");
  const std::string token = random_hex(24);  // only its hash is stored
  GREENROOM_TRY(rows, session.db->run(pg::query("sign_in/make_link"),
                                      {login, to_hex(sha256(token)), arguments.given("operator")}));
  if (rows.empty())
    return not_found("nobody is called '" + login +
                     "' here; the people are those who pushed, commented or were seeded");
  std::cout << session.config.text("dashboard.url") << "/sign-in/" << token << "\n";
  return kFine;
}

}  // namespace

Command command_sign_in_link() {
  return {"sign-in-link",
          "Print a link that signs one person in, once, within a day.",
          {{"login", "whom"}},
          {{"--operator", "", "the session is an operator's: it sees how Greenroom is set up"}},
          run};
}

}  // namespace greenroom::cli
