#include "lib/store/job_report.h"

#include <algorithm>
#include <set>

#include "lib/base/text.h"
#include "lib/pg/query.h"
#include "lib/store/finding_json.h"
#include "lib/store/names.h"

namespace greenroom::store {
namespace {

pg::Param time_or_null(TimePoint time) { return time == TimePoint{} ? pg::Param(nullptr) : pg::Param(time); }

// Text columns take valid UTF-8 only. What tools print about themselves is hostile; logs and patches are bytea.
pg::Connection::Step put_step(const model::Job& job, int position, const model::CheckResult& check) {
  return {pg::query("check_run/put"),
          {job.id,
           job.lease_epoch,
           position,
           check.name,
           model::name_of(check.kind),
           model::name_of(check.state),
           scrub_utf8(check.headline),
           check.what,
           check.why,
           check.run_yourself,
           scrub_utf8(check.tool_version),
           check.tests.passed,
           check.tests.failed,
           check.tests.errors,
           check.tests.skipped,
           check.exit_code,
           pg::Bytes{check.log_head},
           pg::Bytes{check.log_tail},
           static_cast<std::int64_t>(check.log_cut),
           pg::Bytes{check.patch},
           time_or_null(check.started_at),
           time_or_null(check.finished_at),
           model::name_of(check.limit)}};
}

// What matters most to the review is kept when there is too much. No other is copied.
std::vector<model::Finding> bounded(const std::vector<model::Finding>& findings) {
  std::vector<const model::Finding*> order;
  for (const auto& finding : findings) order.push_back(&finding);
  std::ranges::stable_sort(order, {}, &model::Finding::placement);
  order.resize(std::min(order.size(), kMaxStoredFindings));
  std::vector<model::Finding> kept;
  for (const auto* finding : order) kept.push_back(*finding);
  return kept;
}

std::vector<std::string> missing_guarantees(const std::vector<model::CheckResult>& checks) {
  std::set<std::string> all;
  for (const model::CheckResult& check : checks) all.insert(check.degraded.begin(), check.degraded.end());
  return {all.begin(), all.end()};
}

}  // namespace

Result<void> describe_change(pg::Connection& db, const model::Job& job, std::string_view merge_base,
                             std::string_view diff, const diff::Size& size) {
  GREENROOM_CHECK(db.run(pg::query("job/describe"),
                         {job.id, job.lease_epoch, merge_base, pg::Bytes{diff}, size.files, size.added, size.removed}));
  return {};
}

Result<void> begin_checks(pg::Connection& db, const model::Job& job, const std::vector<model::CheckResult>& checks) {
  std::vector<pg::Connection::Step> steps{{pg::query("check_run/forget_old"), {job.id, job.lease_epoch}}};
  for (std::size_t i = 0; i < checks.size(); ++i) steps.push_back(put_step(job, static_cast<int>(i), checks[i]));
  GREENROOM_CHECK(db.run_pipeline(steps));
  return {};
}

Result<void> put_check(pg::Connection& db, const model::Job& job, int position, const model::CheckResult& check) {
  const auto step = put_step(job, position, check);
  GREENROOM_CHECK(db.run(step.query, step.params));
  return {};
}

Result<Finished> finish_job(pg::Connection& db, const model::Job& job, const JobOutcome& outcome) {
  Finished finished = Finished::lease_lost;
  const bool all = outcome.findings.size() <= kMaxStoredFindings;
  const std::string findings = all ? to_json(outcome.findings) : to_json(bounded(outcome.findings));
  const std::string missing = pg::text_array(missing_guarantees(outcome.checks));
  const auto done = db.transaction([&](pg::Connection& inside) -> Result<void> {
    // This row lock is what makes the epoch decide: a newer lease either waits, or has already won.
    GREENROOM_TRY(held, inside.run(pg::query("job/hold"), {job.id, job.lease_epoch}));
    if (held.empty()) return {};
    std::vector<pg::Connection::Step> steps;
    for (const auto& check : outcome.checks) steps.push_back(put_step(job, static_cast<int>(steps.size()), check));
    steps.push_back({pg::query("finding/replace"), {job.id, findings}});
    steps.push_back({pg::query("job/finish"),
                     {job.id, job.lease_epoch, missing, scrub_utf8(outcome.config_error), outcome.inline_cap,
                      scrub_utf8(outcome.root_filesystem)}});
    steps.push_back({pg::query("review/touch"), {job.change, job.trace.hex}});
    GREENROOM_CHECK(inside.run_pipeline(steps));
    finished = Finished::yes;
    return {};
  });
  if (!done) return tl::unexpected<Error>(done.error());
  return finished;
}

}  // namespace greenroom::store
