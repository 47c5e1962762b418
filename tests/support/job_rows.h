#pragma once
// Rows that a test of the queue starts from: repositories, changes and jobs, as the bot would have written them.

#include <string>

#include "lib/model/ids.h"
#include "lib/model/job.h"
#include "tests/support/test_database.h"

namespace greenroom::testing {

struct JobRow {
  std::int64_t repository = 1;  // made when it is not there; also its number on the host
  std::int64_t change = 1;      // number in the repository; made when it is not there
  std::string head_sha = std::string(40, '1');
  std::string base_sha = std::string(40, '2');
  int priority = 0;
  model::MayRun may_run = model::MayRun::everything;
  model::JobId continues = {};
};
model::JobId insert_job(TestDatabase& db, const JobRow& row = {});

// The database's clock decides about leases: these move a row's times instead of waiting.
void expire_lease(TestDatabase& db, model::JobId job);
void age_queued(TestDatabase& db, model::JobId job, int seconds);
void request_cancel(TestDatabase& db, model::JobId job, const std::string& reason);
std::string job_field(TestDatabase& db, model::JobId job, const std::string& column);

}  // namespace greenroom::testing
