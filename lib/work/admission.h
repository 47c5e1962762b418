#pragma once
// Which of a job's checks run. The runner refuses by itself: what the lease does not allow is never handed to the
// sandbox, whatever queued the job. Pure. Private to this room.

#include <vector>

#include "lib/checks/check.h"
#include "lib/model/job.h"
#include "lib/pipeline/pipeline.h"

namespace greenroom::work {

struct Admission {
  std::vector<checks::Check> to_run;
  pipeline::Report standing;  // every planned check, in order: kept, waiting or queued; and what the kept ones found
};

// `kept` is what the job that this one continues has found: such a check is not run again, unless it came to no end.
Admission admit(const std::vector<checks::Check>& planned, model::MayRun may_run, const pipeline::Report& kept);
// Everything together, once the checks have run; findings sorted as pipeline::run sorts them.
pipeline::Report completed(pipeline::Report standing, pipeline::Report ran);

}  // namespace greenroom::work
