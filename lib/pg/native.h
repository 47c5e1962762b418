#pragma once
// What the .cc files of this room share: owning handles and the one place that maps Postgres's errors to ours.
// libpq's own header is not included here, so that nobody gets it by accident.

#include <chrono>
#include <string>
#include <vector>

#include "lib/base/fd.h"
#include "lib/pg/pg.h"

struct pg_conn;
struct pg_result;

namespace greenroom::pg {

void free_result(pg_result* result);
void close_connection(pg_conn* connection);
using PgResult = Owned<pg_result, free_result>;
using PgConn = Owned<pg_conn, close_connection>;

Error error_of(const pg_result* result);  // a result that is not a success
ErrorKind kind_of_sqlstate(std::string_view sqlstate);
std::string first_line(std::string_view text);

struct Rows::Data {
  PgResult result;
};

}  // namespace greenroom::pg
