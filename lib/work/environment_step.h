#pragma once
// The step before a job's checks: what the project's tests import is built, or found from before. Private to this room.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lib/checks/check.h"
#include "lib/checks/providers/provider.h"
#include "lib/environment/environment.h"
#include "lib/pipeline/pipeline.h"
#include "lib/work/worker.h"

namespace greenroom::work {

// The step as a check, to be planned before the others. Its argv is empty: no sandbox plan is made of it.
checks::Check environment_check(const checks::EnvironmentPlan& plan);

// Runs the step when it is in `checks`, takes it out, and lets the others see the environment. They run without one
// when there is none to be had: nothing that goes wrong here is the change's fault. The report has one check at most.
// The environment lives as long as what is returned.
struct EnvironmentStep {
  pipeline::Report report;
  std::optional<environment::Environment> environment;
};
EnvironmentStep run_environment_step(const std::optional<checks::Chosen>& chosen, const pipeline::Workspace& workspace,
                                     std::vector<checks::Check>& checks, const Settings& settings,
                                     const pipeline::Observer& observer, const std::function<bool()>& cancelled);

}  // namespace greenroom::work
