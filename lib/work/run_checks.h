#pragma once
// A job's checks, with the environment that some of them need. Private to this room.

#include <functional>
#include <optional>
#include <vector>

#include "lib/checks/check.h"
#include "lib/pipeline/pipeline.h"
#include "lib/work/project.h"
#include "lib/work/worker.h"

namespace greenroom::work {

// Blocks until all are final, the environment's step among them. While an environment is built, the checks that do not
// need it run; one that is kept from before is there at once, and all run together, slowest first. The report is in no
// order.
pipeline::Report run_checks(const Project& project, std::vector<checks::Check> checks, const Settings& settings,
                            const pipeline::Observer& observer, const std::function<bool()>& cancelled);

}  // namespace greenroom::work
