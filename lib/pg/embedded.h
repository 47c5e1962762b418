#pragma once
// What cmake/embed_sql.cmake generates from sql/. Private to this room; others use query.h, migrate.h and roles.h.

#include <string_view>
#include <vector>

#include "lib/pg/query.h"

namespace greenroom::pg {

std::string_view roles_script();  // sql/roles.sql

}  // namespace greenroom::pg
