#include "tests/support/test_database.h"

#include <cstdlib>
#include <stdexcept>

#include "lib/base/hash.h"
#include "lib/pg/migrate.h"
#include "lib/pg/query.h"
#include "lib/pg/roles.h"

namespace greenroom::testing {
namespace {

// Held while the template is looked for or made; advisory locks belong to one database, so it is taken in "postgres".
constexpr std::string_view kTemplateLock = "SELECT pg_advisory_lock(1)";

template <class T>
T need(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().describe());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::string server() {
  const char* conninfo = std::getenv("GREENROOM_TEST_PG");
  if (conninfo == nullptr) throw std::runtime_error("GREENROOM_TEST_PG is not set: run tests with ./dev test");
  return conninfo;
}

pg::Options options_of(const std::string& database, const std::string& role = "") {
  pg::Options options;
  options.conninfo = server() + " dbname=" + database + (role.empty() ? "" : " user=" + role);
  options.statement_timeout = std::chrono::seconds(60);
  return options;
}

std::unique_ptr<pg::Connection> open_database(const std::string& name) {
  return need(pg::Connection::open(options_of(name)));
}

pg::Rows ask(pg::Connection& db, const std::string& sql) {
  // Named by a hash of its text: tests ask things that no service asks, and Postgres cuts names at 63 bytes.
  const std::string name = "test/" + to_hex(sha256(sql)).substr(0, 32);
  return need(db.run(pg::Query{name, sql}));
}

std::string template_name() {
  std::string all = pg::roles_fingerprint();
  for (const auto& migration : pg::all_migrations()) all += sha256(migration.up);
  return "gr_template_" + to_hex(sha256(all)).substr(0, 16);
}

bool exists(pg::Connection& admin, const std::string& name) {
  return !ask(admin, "SELECT 1 AS one FROM pg_database WHERE datname = '" + name + "'").empty();
}

// Made under another name first: a run that dies half-way leaves nothing that looks finished.
void make_template(pg::Connection& admin, const std::string& name) {
  need(admin.run_script("DROP DATABASE IF EXISTS " + name + "_new WITH (FORCE)"));
  need(admin.run_script("CREATE DATABASE " + name + "_new"));
  {
    const auto db = open_database(name + "_new");
    need(pg::migrate(*db));
    need(pg::grant_roles(*db));
  }
  need(admin.run_script("ALTER DATABASE " + name + "_new RENAME TO " + name));
}

std::string ready_template(pg::Connection& admin) {
  const std::string name = template_name();
  need(admin.run_script(kTemplateLock));
  if (!exists(admin, name)) make_template(admin, name);
  return name;
}

}  // namespace

TestDatabase::TestDatabase(Schema schema) : name_("gr_test_" + random_hex(8)) {
  const auto admin = open_database("postgres");
  const std::string source = schema == Schema::newest ? ready_template(*admin) : "template0";
  need(admin->run_script("CREATE DATABASE " + name_ + " TEMPLATE " + source));
  // Grants on a database itself are not copied with its template.
  connection_ = open_database(name_);
  if (schema == Schema::newest) need(pg::grant_roles(*connection_));
}

TestDatabase::~TestDatabase() {
  connection_.reset();
  const auto admin = pg::Connection::open(options_of("postgres"));
  if (admin) static_cast<void>((*admin)->run_script("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)"));
}

pg::Options TestDatabase::options() const { return options_of(name_); }
pg::Options TestDatabase::options_as(const std::string& role) const { return options_of(name_, role); }
std::string TestDatabase::conninfo() const { return options_of(name_).conninfo; }
std::unique_ptr<pg::Connection> TestDatabase::open() const { return need(pg::Connection::open(options())); }
std::unique_ptr<pg::Connection> TestDatabase::open_as(const std::string& role) const {
  return need(pg::Connection::open(options_as(role)));
}

void TestDatabase::script(std::string_view sql) { need(connection_->run_script(sql)); }

std::string TestDatabase::answer(std::string_view sql) {
  const auto rows = ask(*connection_, std::string(sql));
  if (rows.empty()) throw std::runtime_error("no row: " + std::string(sql));
  return rows[0].text("answer");
}

void TestDatabase::kill_connections() {
  const auto admin = open_database("postgres");
  ask(*admin, "SELECT pg_terminate_backend(pid, 5000) AS ended FROM pg_stat_activity WHERE datname = '" + name_ + "'");
  connection_ = open_database(name_);
}

}  // namespace greenroom::testing
