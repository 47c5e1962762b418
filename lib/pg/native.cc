#include "lib/pg/native.h"

#include <libpq-fe.h>

#include "lib/base/text.h"

namespace greenroom::pg {
namespace {

std::string field(const pg_result* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? "" : text;
}

}  // namespace

void free_result(pg_result* result) { PQclear(result); }
void close_connection(pg_conn* connection) { PQfinish(connection); }

std::string first_line(std::string_view text) {
  const auto trimmed = trim(text);
  return scrub_utf8(trimmed.substr(0, trimmed.find('\n')));
}

// Classes from the manual's appendix "PostgreSQL Error Codes".
ErrorKind kind_of_sqlstate(std::string_view sqlstate) {
  const std::string_view cls = sqlstate.substr(0, 2);
  // 08 connection, 40 serialization and deadlock, 53 resources (disk full), 55 not ready, 57 shutting down or timed
  // out, 58 system error, 25006 a standby that was a primary.
  for (const std::string_view one : {"08", "40", "53", "55", "57", "58"}) {
    if (cls == one) return ErrorKind::transient;
  }
  if (sqlstate == "25006") return ErrorKind::transient;
  // 22 a value that Postgres refuses, 23 a constraint, 28 sign-in, 42501 permission.
  if (cls == "22" || cls == "23" || cls == "28" || sqlstate == "42501") return ErrorKind::rejected;
  return ErrorKind::bug;
}

Error error_of(const pg_result* result) {
  const std::string sqlstate = field(result, PG_DIAG_SQLSTATE);
  if (sqlstate.empty()) return Error{ErrorKind::transient, first_line(PQresultErrorMessage(result)), {}};
  std::string message = first_line(field(result, PG_DIAG_MESSAGE_PRIMARY)) + " [" + sqlstate + "]";
  const std::string constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
  if (!constraint.empty()) message += " (constraint " + constraint + ")";
  return Error{kind_of_sqlstate(sqlstate), std::move(message), {}};
}

}  // namespace greenroom::pg
