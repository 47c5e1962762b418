#pragma once
// Reads back what lib/store/job_report.h wrote.

#include <vector>

#include "lib/base/error.h"
#include "lib/model/check.h"
#include "lib/model/finding.h"
#include "lib/model/ids.h"
#include "lib/pg/pg.h"

namespace greenroom::store {

// Checks of the job's newest lease, in order; without diagnostics.
Result<std::vector<model::CheckResult>> checks_of(pg::Connection& db, model::JobId job);
// Findings in the order in which the runner sorted them.
Result<std::vector<model::Finding>> findings_of(pg::Connection& db, model::JobId job);

}  // namespace greenroom::store
