#pragma once
// One delivery's way, from its arrival to what stands on the host, in the order of time. For `greenroom explain
// delivery`.

#include <string>

#include "services/cli/database.h"

namespace greenroom::cli {

// `id`: our number, or the host's own id. Errors: not_found, transient.
Result<std::string> line_of_delivery(pg::Connection& db, const std::string& id);

}  // namespace greenroom::cli
