// Which stage a plan gets, and what its outcome says about this machine.

#include <unistd.h>

#include <optional>

#include "lib/sandbox/attempt.h"
#include "lib/sandbox/bwrap.h"
#include "lib/sandbox/cgroup.h"
#include "lib/sandbox/layered_run.h"
#include "lib/sandbox/plan_check.h"
#include "lib/sandbox/sandbox.h"
#include "lib/sandbox/scratch.h"

namespace greenroom::sandbox {
namespace {

// A stage of this layering failed: which one to try instead.
std::optional<Layering> weaker(Layering layering) {
  if (layering == Layering::memory) return Layering::disk;
  if (layering == Layering::disk) return Layering::copy;
  return std::nullopt;
}

StageSettings settings_for(const Plan& plan, Layering best, const JobCgroup* group) {
  StageSettings settings;
  settings.layer_over_workspace = plan.access == WorkspaceAccess::throw_away;
  const bool writes = settings.layer_over_workspace || !plan.artefacts.empty();
  settings.layering = writes ? best : Layering::none;
  settings.workspace = plan.workspace;
  settings.bytes = plan.limits.scratch_bytes;
  settings.user_namespaces = user_namespaces(plan);
  if (group != nullptr) settings.cgroups = group->entrances();
  settings.limits = resource_limits(plan.limits, group != nullptr ? MemoryGuard::cgroup : MemoryGuard::address_space);
  return settings;
}

// The run's own folder, with the copy in it where the layering is one.
Result<std::optional<Scratch>> prepare_scratch(const Plan& plan, StageSettings& settings) {
  std::optional<Scratch> scratch;
  if (settings.layering == Layering::none) return scratch;
  GREENROOM_TRY(fresh, Scratch::make(plan.scratch));
  scratch.emplace(std::move(fresh));
  settings.directory = scratch->path();
  if (settings.layering == Layering::copy && settings.layer_over_workspace) {
    GREENROOM_CHECK(scratch->copy_workspace(plan.workspace));
  }
  return scratch;
}

std::vector<std::string> weaknesses(const StageSettings& settings, const JobCgroup* group, const std::string& failure) {
  std::vector<std::string> all;
  const std::string missing = group == nullptr ? "no cgroup is delegated" : "no cpu controller is delegated";
  if (group == nullptr) all.push_back("memory is limited per process, not per job: " + missing);
  if (group == nullptr || !group->shares_processor())
    all.push_back("processor time is limited per process, not per job: " + missing);
  if (settings.layering == Layering::disk || settings.layering == Layering::copy) {
    all.push_back("disk use is not limited: no layer in memory" + (failure.empty() ? "" : " (" + failure + ")"));
  }
  return all;
}

}  // namespace

Result<SandboxOutcome> run_layered(const Plan& plan, Layering best, const OnOutput& on_output,
                                   const Cancelled& cancelled) {
  GREENROOM_TRY(cgroup, JobCgroup::make(plan.limits));
  const JobCgroup* group = cgroup ? &*cgroup : nullptr;
  StageSettings settings = settings_for(plan, best, group);
  for (std::string failure;;) {
    GREENROOM_TRY(scratch, prepare_scratch(plan, settings));
    GREENROOM_TRY(tried, attempt(plan, settings, group, on_output, cancelled));
    if (tried.stage_failure.empty()) {
      tried.outcome.degraded = weaknesses(settings, group, failure);
      return std::move(tried.outcome);
    }
    const auto next = weaker(settings.layering);
    if (!next) return rejected("the sandbox cannot be built here: " + tried.stage_failure);
    failure = tried.stage_failure;
    settings.layering = *next;
  }
}

Result<SandboxOutcome> execute(const Plan& plan, const OnOutput& on_output, const Cancelled& cancelled) {
  GREENROOM_CHECK(refuse_root(::geteuid()));
  GREENROOM_CHECK(check_plan(plan));
  return run_layered(plan, Layering::memory, on_output, cancelled);
}

}  // namespace greenroom::sandbox
