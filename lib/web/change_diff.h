#pragma once
// Inside of lib/web: the diff of a change and where each thread stands in it.

#include <vector>

#include "lib/web/diff_view.h"
#include "lib/web/page.h"

namespace greenroom::web {

struct ChangeDiff {
  diff::Diff diff;
  std::vector<PlacedThread> threads;
  std::string missing;  // why there is no diff, for people; empty when there is one
};

// From the runner's report when `job` is of the head, else from the repository itself. Threads of an older head follow
// their line to this one. A repository or commit that cannot be read is a `missing`, never an error.
Result<ChangeDiff> change_diff(const PageRequest& request, std::int64_t repository, const hosts::local::Item& item,
                               model::JobId job, const std::vector<hosts::local::Thread>& threads);

}  // namespace greenroom::web
