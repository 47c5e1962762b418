#include "lib/work/attempt.h"

#include <poll.h>

#include "lib/base/log.h"
#include "lib/queue/queue.h"
#include "lib/store/job_reader.h"
#include "lib/store/job_report.h"
#include "lib/work/crash_point.h"
#include "lib/work/progress.h"
#include "lib/work/read_access.h"
#include "lib/work/run_checks.h"

namespace greenroom::work {
namespace {

constexpr std::chrono::milliseconds kRetry{500};
constexpr std::chrono::milliseconds kLook{50};

bool may_pass(const Error& error) { return error.kind == ErrorKind::transient || error.kind == ErrorKind::in_doubt; }
bool can_help_to_repeat(const Error& error) {
  return error.kind != ErrorKind::not_found && error.kind != ErrorKind::user_fault;
}

// What the change's page says. Our own errors name paths and addresses of this machine: those stay in the log.
std::string shown(const Error& error) {
  if (error.kind == ErrorKind::user_fault) return error.message;
  if (error.kind == ErrorKind::not_found) return "the git host no longer has this commit";
  return "the checks could not run because of a problem on our side";
}

}  // namespace

Attempt::Attempt(const Place& place, const model::Job& job, const std::function<bool()>& stopping)
    : place_(place), job_(job), stopping_(stopping), lease_(place.db, job_) {}

void Attempt::pause(std::chrono::milliseconds time) const {
  const auto end = system_clock().steady() + time;
  while (wanted() && system_clock().steady() < end) ::poll(nullptr, 0, static_cast<int>(kLook.count()));
}

// Repeats what failed for a passing reason for as long as the lease is ours: a finished job outlives a restart of
// Postgres. The writes are made so that doing them twice is harmless.
template <class T>
Result<T> Attempt::persistently(const std::function<Result<T>(pg::Connection&)>& action) {
  while (true) {
    auto result = place_.db.with<T>(action);
    if (result || !may_pass(result.error()) || !lease_.held()) return result;
    ::poll(nullptr, 0, static_cast<int>(kRetry.count()));
  }
}

Ended Attempt::run() {
  const auto unwanted = [this] { return !wanted(); };
  ReadAccess access(place_.db, job_, place_.settings, unwanted);
  auto project = prepare(
      job_, place_.settings, place_.slot, [&access] { return access.source(); }, unwanted);
  if (!wanted()) return leave();
  if (access.is_away()) return leave_for_later(project.error());
  if (!project) return fail(project.error());
  auto admission = admitted(*project);
  if (!admission) return fail(admission.error());
  const auto begun = persistently<void>([&](pg::Connection& db) -> Result<void> {
    GREENROOM_CHECK(store::describe_change(db, job_, project->merge_base, project->diff_text,
                                           diff::size_of(project->workspace.diff)));
    return store::begin_checks(db, job_, admission->standing.checks);
  });
  if (!begun) return fail(begun.error());
  crash_point("begun");
  return run_checks(*project, std::move(*admission));
}

Result<Admission> Attempt::admitted(const Project& project) {
  if (!job_.continues) return admit(project.checks, job_.may_run, {});
  auto kept = persistently<pipeline::Report>([&](pg::Connection& db) -> Result<pipeline::Report> {
    GREENROOM_TRY(checks, store::checks_of(db, job_.continues));
    GREENROOM_TRY(findings, store::findings_of(db, job_.continues));
    return pipeline::Report{std::move(checks), std::move(findings)};
  });
  if (!kept) return tl::unexpected<Error>(std::move(kept).error());
  return admit(project.checks, job_.may_run, *kept);
}

Ended Attempt::run_checks(const Project& project, Admission admission) {
  Progress progress(place_.db, place_.redis, job_, project.checks);
  auto ran = work::run_checks(project, std::move(admission.to_run), place_.settings, progress.observer(),
                              [this] { return !wanted(); });
  if (!wanted()) return leave();
  crash_point("before_report");
  return report(project, completed(std::move(admission.standing), std::move(ran)));
}

Ended Attempt::report(const Project& project, pipeline::Report report) {
  const store::JobOutcome outcome{std::move(report.checks), std::move(report.findings), project.config_error,
                                  project.inline_cap, place_.settings.root_filesystem};
  const auto finished =
      persistently<store::Finished>([&](pg::Connection& db) { return store::finish_job(db, job_, outcome); });
  if (!finished) return fail(finished.error());
  crash_point("reported");
  if (*finished == store::Finished::yes) return Ended::finished;
  // The last moment for a cancellation: it came between the last heartbeat and the report.
  const auto now = place_.db.with<queue::Renewal>([&](pg::Connection& db) { return queue::renew(db, job_); });
  if (!now || *now != queue::Renewal::cancel_requested) return Ended::lease_lost;
  static_cast<void>(place_.db.with<void>([&](pg::Connection& db) { return queue::end_cancelled(db, job_); }));
  return Ended::cancelled;
}

Ended Attempt::fail(const Error& error) {
  const bool again = can_help_to_repeat(error);
  log::warn("job failed",
            {{"job", job_.id.value}, {"trace", job_.trace.hex}, {"attempt", job_.attempt}, {"error", error}});
  if (again) pause(place_.settings.retry_pause * job_.attempt);
  if (!wanted()) return leave();
  const auto told =
      persistently<void>([&](pg::Connection& db) { return queue::fail_attempt(db, job_, shown(error), again); });
  if (!told)
    log::warn("failure not written; the lease will run out", {{"job", job_.id.value}, {"error", told.error()}});
  return Ended::failed;
}

// A host that is away for an hour must not cost a job its attempts.
Ended Attempt::leave_for_later(const Error& error) {
  log::warn("job waits for its host", {{"job", job_.id.value}, {"trace", job_.trace.hex}, {"error", error}});
  pause(place_.settings.retry_pause);
  return leave();
}

Ended Attempt::leave() {
  const auto state = lease_.state();
  if (state == queue::Renewal::lost) return Ended::lease_lost;
  const bool cancelled = state == queue::Renewal::cancel_requested;
  crash_point(cancelled ? "before_cancel" : "before_give_back");
  const auto done = place_.db.with<void>(
      [&](pg::Connection& db) { return cancelled ? queue::end_cancelled(db, job_) : queue::give_back(db, job_); });
  if (!done)
    log::warn("job not handed back; its lease will run out", {{"job", job_.id.value}, {"error", done.error()}});
  return cancelled ? Ended::cancelled : Ended::given_back;
}

}  // namespace greenroom::work
