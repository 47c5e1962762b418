#pragma once
// One attempt to run a checked plan on one stage: wire it, let it run, and read what it left.

#include <string>

#include "lib/sandbox/cgroup.h"
#include "lib/sandbox/layered_run.h"
#include "lib/sandbox/sandbox.h"
#include "lib/sandbox/stage.h"

namespace greenroom::sandbox {

struct Attempt {
  SandboxOutcome outcome;
  std::string stage_failure;  // not empty: nothing ran, and this is why
};

// `group` is the one whose entrances are in `settings`, or null. Errors as execute()'s.
Result<Attempt> attempt(const Plan& plan, const StageSettings& settings, const JobCgroup* group,
                        const OnOutput& on_output, const Cancelled& cancelled);

}  // namespace greenroom::sandbox
