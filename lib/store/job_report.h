#pragma once
// What a runner writes about its job. Every write names the lease's epoch: under an old one nothing changes (I7).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/diff/diff.h"
#include "lib/model/check.h"
#include "lib/model/finding.h"
#include "lib/model/job.h"
#include "lib/pg/pg.h"

namespace greenroom::store {

struct JobOutcome {
  std::vector<model::CheckResult> checks;  // all final, in order
  std::vector<model::Finding> findings;    // at most kMaxStoredFindings are kept; those on the author's lines first
  std::string config_error;                // empty: none
  std::optional<int> inline_cap = {};      // the project's, when it is lower than the operator's
  std::string root_filesystem = {};        // what the checks saw as /usr, in words for people
};
inline constexpr std::size_t kMaxStoredFindings = 5000;

// The change as the runner saw it, for the change's page. `diff` may be cut.
Result<void> describe_change(pg::Connection& db, const model::Job& job, std::string_view merge_base,
                             std::string_view diff, const diff::Size& size);
// The checks that are going to run, all queued; what an earlier attempt left is forgotten. Then each one as it goes on.
Result<void> begin_checks(pg::Connection& db, const model::Job& job, const std::vector<model::CheckResult>& checks);
Result<void> put_check(pg::Connection& db, const model::Job& job, int position, const model::CheckResult& check);

enum class Finished { yes, lease_lost };
// Checks, findings and the job's end in one transaction; marks the review for composing and tells the bot.
Result<Finished> finish_job(pg::Connection& db, const model::Job& job, const JobOutcome& outcome);

}  // namespace greenroom::store
