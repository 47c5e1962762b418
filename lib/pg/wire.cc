#include "lib/pg/wire.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>

#include "lib/base/hash.h"
#include "lib/base/log.h"

namespace greenroom::pg {
namespace {

using std::chrono::milliseconds;

// How much longer than the server's own statement time-out we wait for its answer.
constexpr milliseconds kGrace{5000};

int poll_timeout(std::optional<std::chrono::steady_clock::time_point> deadline) {
  if (!deadline) return -1;
  const auto left = std::chrono::ceil<milliseconds>(*deadline - system_clock().steady());
  return static_cast<int>(std::max<std::int64_t>(0, left.count()));
}

void log_notice(void*, const char* text) { log::debug("pg.notice", {{"text", text}}); }

// The settings on which the reading of results relies, after the ones that the operator's conninfo brings.
std::string session_options(const std::string& conninfo, milliseconds statement_timeout) {
  std::string options;
  const Owned<PQconninfoOption, PQconninfoFree> parsed(PQconninfoParse(conninfo.c_str(), nullptr));
  for (const auto* one = parsed.get(); one != nullptr && one->keyword != nullptr; ++one) {
    if (std::string_view(one->keyword) == "options" && one->val != nullptr) options = std::string(one->val) + " ";
  }
  return options + "-c TimeZone=UTC -c DateStyle=ISO -c bytea_output=hex -c client_min_messages=warning" +
         " -c statement_timeout=" + std::to_string(statement_timeout.count());
}

// Postgres cuts a statement's name at 63 bytes, and two long names would become one.
std::string statement_name(std::string_view name) {
  return name.size() < 64 ? std::string(name) : to_hex(sha256(name)).substr(0, 63);
}

}  // namespace

Wire::Wire(PgConn connection, milliseconds answer_timeout)
    : connection_(std::move(connection)), answer_timeout_(answer_timeout) {}

Result<Wire> Wire::connect(const Options& options) {
  const auto seconds =
      std::max<std::int64_t>(2, std::chrono::ceil<std::chrono::seconds>(options.connect_timeout).count());
  const std::string timeout = std::to_string(seconds);
  const std::string settings = session_options(options.conninfo, options.statement_timeout);
  const std::string silence = std::to_string((options.statement_timeout + kGrace).count());
  std::vector<const char*> keys{"dbname",          "application_name",    "connect_timeout",
                                "options",         "client_encoding",     "tcp_user_timeout",
                                "keepalives_idle", "keepalives_interval", "keepalives_count"};
  std::vector<const char*> values{options.conninfo.c_str(),
                                  options.application_name.c_str(),
                                  timeout.c_str(),
                                  settings.c_str(),
                                  "UTF8",
                                  silence.c_str(),
                                  "10",
                                  "5",
                                  "3"};
  if (!options.password.empty()) {
    keys.push_back("password");
    values.push_back(options.password.reveal().c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  PgConn connection(PQconnectdbParams(keys.data(), values.data(), 1));
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    return transient("cannot connect to Postgres: " + first_line(PQerrorMessage(connection.get())));
  }
  PQsetNoticeProcessor(connection.get(), log_notice, nullptr);
  PQsetnonblocking(connection.get(), 1);
  return Wire(std::move(connection), options.statement_timeout + kGrace);
}

Error Wire::lost(std::string_view doing) {
  broken_ = true;
  const std::string why = first_line(PQerrorMessage(connection_.get()));
  return Error{ErrorKind::transient, "lost the connection to Postgres" + (why.empty() ? "" : ": " + why),
               std::string(doing)};
}

Result<bool> Wire::wait(bool for_write, Deadline deadline) {
  pollfd fd{PQsocket(connection_.get()), static_cast<short>(for_write ? POLLIN | POLLOUT : POLLIN), 0};
  const int ready = ::poll(&fd, 1, poll_timeout(deadline));
  if (ready < 0 && errno == EINTR) return true;
  if (ready < 0) return tl::unexpected(lost("poll"));
  return ready > 0;
}

Result<void> Wire::flush(Deadline deadline) {
  for (int left = PQflush(connection_.get()); left != 0; left = PQflush(connection_.get())) {
    if (left < 0) return tl::unexpected(lost("send"));
    GREENROOM_TRY(ready, wait(true, deadline));
    if (!ready) return tl::unexpected(lost("send: no answer in time"));
    if (PQconsumeInput(connection_.get()) == 0) return tl::unexpected(lost("send"));
  }
  return {};
}

Result<PgResult> Wire::next_result(Deadline deadline) {
  while (PQisBusy(connection_.get()) != 0) {
    GREENROOM_TRY(ready, wait(false, deadline));
    if (!ready) return tl::unexpected(lost("receive: no answer in time"));
    if (PQconsumeInput(connection_.get()) == 0) return tl::unexpected(lost("receive"));
  }
  return PgResult(PQgetResult(connection_.get()));
}

Result<void> Wire::send(const Connection::Step& step) {
  const std::string name = statement_name(step.query.name);
  const int count = static_cast<int>(step.params.size());
  std::vector<const char*> values;
  std::vector<int> lengths, formats;
  for (const auto& param : step.params) {
    values.push_back(param.value() ? param.value()->c_str() : nullptr);
    lengths.push_back(param.value() ? static_cast<int>(param.value()->size()) : 0);
    formats.push_back(param.binary() ? 1 : 0);
  }
  if (!prepared_.contains(name)) {
    const std::string sql(step.query.sql);
    if (PQsendPrepare(connection_.get(), name.c_str(), sql.c_str(), 0, nullptr) == 0) return tl::unexpected(lost(name));
  }
  if (PQsendQueryPrepared(connection_.get(), name.c_str(), count, values.data(), lengths.data(), formats.data(), 0) ==
      0) {
    return tl::unexpected(lost(name));
  }
  return {};
}

// Reads the one result of a statement and the null that ends it. Only the first failure counts: what follows it in a
// pipeline is reported as aborted.
Result<std::optional<Rows>> Wire::step_result(Deadline deadline, bool prepares, std::optional<Error>& failure) {
  std::optional<Rows> rows;
  while (true) {
    GREENROOM_TRY(result, next_result(deadline));
    if (!result) break;
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
      if (!prepares) rows.emplace(std::make_shared<const Rows::Data>(Rows::Data{std::move(result)}));
    } else if (status != PGRES_PIPELINE_ABORTED && !failure) {
      failure = error_of(result.get());
    }
    if (PQstatus(connection_.get()) != CONNECTION_OK) return tl::unexpected(lost("receive"));
  }
  return rows;
}

Result<std::vector<Rows>> Wire::exchange(const std::vector<Connection::Step>& steps) {
  const Deadline deadline = system_clock().steady() + answer_timeout_;
  if (PQenterPipelineMode(connection_.get()) == 0) return tl::unexpected(lost("pipeline"));
  std::vector<std::string> prepares;  // name that the statement prepares, or "" for an execution
  for (const auto& step : steps) {
    const std::string name = statement_name(step.query.name);
    const bool fresh = !prepared_.contains(name);
    GREENROOM_CHECK(send(step));
    if (fresh) prepares.push_back(name);
    prepares.push_back("");
    prepared_.insert(name);
  }
  if (PQpipelineSync(connection_.get()) == 0) return tl::unexpected(lost("pipeline"));
  GREENROOM_CHECK(flush(deadline));
  std::vector<Rows> all;
  std::optional<Error> failure;
  for (const auto& name : prepares) {
    const bool failed_before = failure.has_value();
    GREENROOM_TRY(rows, step_result(deadline, !name.empty(), failure));
    if (!name.empty() && (failed_before || failure)) prepared_.erase(name);
    if (rows) all.push_back(std::move(*rows));
  }
  GREENROOM_TRY(sync, next_result(deadline));
  if (!sync || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) return tl::unexpected(lost("pipeline sync"));
  if (PQexitPipelineMode(connection_.get()) == 0) return tl::unexpected(lost("pipeline end"));
  if (failure) return tl::unexpected(std::move(*failure));
  return all;
}

Result<void> Wire::script(std::string_view sql) {
  if (PQsendQuery(connection_.get(), std::string(sql).c_str()) == 0) return tl::unexpected(lost("script"));
  GREENROOM_CHECK(flush(std::nullopt));
  std::optional<Error> failure;
  while (true) {
    GREENROOM_TRY(result, next_result(std::nullopt));
    if (!result) break;
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_FATAL_ERROR && !failure) failure = error_of(result.get());
    if (PQstatus(connection_.get()) != CONNECTION_OK) return tl::unexpected(lost("script"));
  }
  if (failure) return tl::unexpected(std::move(*failure));
  return {};
}

Result<std::optional<Notification>> Wire::notification(milliseconds timeout) {
  const Deadline deadline = system_clock().steady() + timeout;
  while (true) {
    if (PQconsumeInput(connection_.get()) == 0) return tl::unexpected(lost("listen"));
    const Owned<PGnotify, PQfreemem> note(PQnotifies(connection_.get()));
    if (note) return std::optional<Notification>({note->relname, note->extra});
    GREENROOM_TRY(ready, wait(false, deadline));
    if (!ready) return std::optional<Notification>();
  }
}

Result<std::string> Wire::scram_verifier(const std::string& role, const Secret& password) {
  const Owned<char, PQfreemem> verifier(
      PQencryptPasswordConn(connection_.get(), password.reveal().c_str(), role.c_str(), "scram-sha-256"));
  if (!verifier) return bug("cannot hash a password: " + first_line(PQerrorMessage(connection_.get())));
  return std::string(verifier.get());
}

bool Wire::usable() const {
  if (broken_ || PQstatus(connection_.get()) != CONNECTION_OK) return false;
  // A server that shuts down says so before it hangs up: only reading to the end shows the end.
  pollfd fd{PQsocket(connection_.get()), POLLIN, 0};
  while (::poll(&fd, 1, 0) > 0) {
    if (PQconsumeInput(connection_.get()) == 0 || PQstatus(connection_.get()) != CONNECTION_OK) return false;
  }
  return true;
}

}  // namespace greenroom::pg
