#pragma once
// From a job's commits to a workspace and a list of checks. Policy comes from the base branch; the head is only data.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/error.h"
#include "lib/checks/check.h"
#include "lib/checks/providers/provider.h"
#include "lib/git/mirror.h"
#include "lib/model/job.h"
#include "lib/pipeline/pipeline.h"
#include "lib/work/directory.h"
#include "lib/work/worker.h"

namespace greenroom::work {

struct Project {
  pipeline::Workspace workspace;
  std::string merge_base;
  std::string diff_text;              // at most kShownDiff bytes, whole lines
  std::vector<checks::Check> checks;  // the environment's step first, where there is one
  std::optional<checks::Chosen> environment;
  std::string config_error;       // .greenroom.yml of the base branch is wrong; the checks are the usual ones then
  std::optional<int> inline_cap;  // what it sets for teaching.inline_cap, when that is lower than the operator's
};
inline constexpr std::size_t kShownDiff = 2u << 20;

// Errors: not_found (the host does not have the commit any more), user_fault (the change is over a limit, or has no
// history in common with its base), transient. `cancelled` is polled while the commits are fetched; once true that
// ends, transient. `source` is asked only for commits that this runner does not have, and its errors are passed on.
Result<Project> prepare(const model::Job& job, const Settings& settings, const SlotDirectory& slot,
                        const git::FindSource& source, const std::function<bool()>& cancelled);

}  // namespace greenroom::work
