// The line's own Postgres database and Redis, and the ways they can fail.
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "lib/pg/migrate.h"
#include "lib/pg/roles.h"
#include "lib/process/process.h"
#include "tests/line/line.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

constexpr std::chrono::seconds kPatience{30};

std::string postgres_bin() {
  for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql"))
    if (std::filesystem::exists(version.path() / "bin/initdb")) return (version.path() / "bin").string();
  throw std::runtime_error("Postgres is not installed: run ./dev packages");
}

void must_run(const std::vector<std::string>& argv) {
  process::Command command;
  command.argv = argv;
  command.environment = {{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
  const auto outcome = process::run(command);
  if (!outcome || !outcome->ok())
    throw std::runtime_error(argv[0] + " failed: " + (outcome ? outcome->err.joined() : outcome.error().describe()));
}

}  // namespace

void Line::make_database() {
  if (!options_.own_postgres) {
    database_.emplace();
    conninfo_ = database_->conninfo();
  } else {
    must_run({postgres_bin() + "/initdb", "-D", path("postgres"), "-U", "greenroom", "-A", "trust", "-E", "UTF8",
              "--locale=C.UTF-8"});
    conninfo_ = "host=" + path("run") + " dbname=postgres";
    start_postgres();
  }
  connect();
  if (!options_.own_postgres) return;
  const auto migrated = pg::migrate(*connection_);
  const auto granted = pg::grant_roles(*connection_);
  if (!migrated || !granted) throw std::runtime_error("the schema could not be made");
}

// As the owner; the services connect as their own roles.
void Line::connect() {
  pg::Options options;
  options.conninfo = conninfo_ + " user=greenroom";
  auto connection = pg::Connection::open(options);
  if (!connection) throw std::runtime_error(connection.error().describe());
  connection_ = std::move(*connection);
}

void Line::start_postgres() {
  postgres_ = std::make_unique<Child>(
      std::vector<std::string>{postgres_bin() + "/postgres", "-D", path("postgres"), "-k", path("run"), "-h", ""},
      std::map<std::string, std::string>{{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}}, path("log/postgres.log"));
  pg::Options options;
  options.conninfo = conninfo_ + " user=greenroom";
  if (!testing::wait_until([&] { return pg::Connection::open(options).has_value(); }, kPatience))
    throw std::runtime_error("Postgres did not start");
}

void Line::restart_postgres() {
  postgres_->signal(SIGINT);  // fast shutdown: every connection is cut
  if (!postgres_->wait(kPatience)) throw std::runtime_error("Postgres did not stop");
  start_postgres();
  connect();
}

void Line::start_redis() {
  const std::string socket = path("redis/redis.sock");
  redis_ =
      std::make_unique<Child>(std::vector<std::string>{"/usr/bin/redis-server", "--port", "0", "--unixsocket", socket,
                                                       "--dir", path("redis"), "--save", "", "--appendonly", "no"},
                              std::map<std::string, std::string>{{"PATH", "/usr/bin:/bin"}}, path("log/redis.log"));
  if (!testing::wait_until([&] { return std::filesystem::exists(socket); }, kPatience))
    throw std::runtime_error("Redis did not start");
}

void Line::stop_redis() {
  redis_->signal(SIGKILL);
  redis_->wait(kPatience);
  std::filesystem::remove(path("redis/redis.sock"));
}

void Line::flush_redis() { must_run({"/usr/bin/redis-cli", "-s", path("redis/redis.sock"), "FLUSHALL"}); }

}  // namespace greenroom::testing
