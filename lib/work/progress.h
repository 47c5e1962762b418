#pragma once
// Reports one job's progress as it happens: states to Postgres, output to the live log. Progress that cannot be written
// is only shown later, with the report. Thread-safe.

#include <map>
#include <string>
#include <vector>

#include "lib/checks/check.h"
#include "lib/model/job.h"
#include "lib/pg/pg.h"
#include "lib/pipeline/pipeline.h"
#include "lib/work/live_log.h"

namespace greenroom::work {

std::vector<model::CheckResult> queued(const std::vector<checks::Check>& checks);

class Progress {
 public:
  Progress(pg::Pool& db, const redis::Options& redis, const model::Job& job, const std::vector<checks::Check>& checks);
  pipeline::Observer observer();  // valid as long as this

 private:
  void put(const model::CheckResult& check);

  pg::Pool& db_;
  const model::Job& job_;
  LiveLog live_;
  std::map<std::string, int> positions_;
};

}  // namespace greenroom::work
