#include "services/cli/database.h"

namespace greenroom::cli {

Result<Session> open_session(const std::string& role) {
  GREENROOM_TRY(config, config::Config::from_environment());
  pg::Options options;
  options.conninfo = config.text("database.conninfo");
  const std::string named = config.text("database.user");
  if (const std::string user = named.empty() ? role : named; !user.empty()) options.conninfo += " user=" + user;
  options.password = config.secret("database.password");
  options.application_name = "greenroom-cli";
  auto db = pg::Connection::open(options);
  if (!db) return pass(std::move(db).error(), "connect to the database of database.conninfo");
  return Session{std::move(config), std::move(*db)};
}

}  // namespace greenroom::cli
