#include "lib/work/worker.h"

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>

#include "lib/base/log.h"
#include "lib/pipeline/pipeline.h"
#include "lib/queue/queue.h"
#include "lib/store/job_report.h"
#include "lib/work/heartbeat.h"
#include "lib/work/live_log.h"
#include "lib/work/project.h"

namespace greenroom::work {
namespace {

constexpr std::chrono::milliseconds kRetry{500};

std::vector<model::CheckResult> queued(const std::vector<checks::Check>& checks) {
  std::vector<model::CheckResult> results;
  for (const checks::Check& check : checks) {
    model::CheckResult result;
    result.name = check.name;
    result.kind = check.kind;
    result.what = check.what;
    result.why = check.why;
    result.run_yourself = check.run_yourself;
    result.tool_version = check.tool_version;
    results.push_back(std::move(result));
  }
  return results;
}

// Reports one job's progress as it happens. Progress that cannot be written is only shown later.
class Progress {
 public:
  Progress(pg::Pool& db, const redis::Options& redis, const model::Job& job, const std::vector<checks::Check>& checks)
      : db_(db), job_(job), live_(redis, job.id) {
    for (const checks::Check& check : checks) positions_.emplace(check.name, static_cast<int>(positions_.size()));
  }

  pipeline::Observer observer() {
    const auto put = [this](const model::CheckResult& check) { this->put(check); };
    return {put, [this](std::string_view check, std::string_view output) { live_.publish(check, output); }, put};
  }

 private:
  void put(const model::CheckResult& check) {
    const auto written = db_.with<void>([&](pg::Connection& db) { return store::put_check(db, job_, positions_.at(check.name), check); });
    if (!written) log::warn("progress not written", {{"job", job_.id.value}, {"check", check.name}, {"error", written.error()}});
  }

  pg::Pool& db_;
  const model::Job& job_;
  LiveLog live_;
  std::map<std::string, int> positions_;
};

// Repeats what failed for a passing reason for as long as the lease is ours: a finished job outlives a database restart.
template <class Action>
auto persistently(const Heartbeat& lease, Action&& action) {
  std::mutex mutex;
  std::condition_variable never;
  while (true) {
    auto result = action();
    const bool again = !result && (result.error().kind == ErrorKind::transient || result.error().kind == ErrorKind::in_doubt);
    if (!again || !lease.held()) return result;
    std::unique_lock lock(mutex);
    never.wait_for(lock, kRetry);
  }
}

}  // namespace

std::string_view name_of(Ended ended) {
  switch (ended) {
    case Ended::finished: return "finished";
    case Ended::cancelled: return "cancelled";
    case Ended::lease_lost: return "lease_lost";
    case Ended::failed: return "failed";
    case Ended::given_back: return "given_back";
  }
  return "";
}

Worker::Worker(const Settings& settings, pg::Pool& db, redis::Options redis, int slot)
    : settings_(settings), db_(db), redis_(std::move(redis)), slot_directory_(settings.directory + "/slots/" + std::to_string(slot)) {
  std::filesystem::create_directories(slot_directory_);
}

Ended Worker::work(const model::Job& job, const std::function<bool()>& stopping) {
  const Heartbeat lease(db_, job);
  const auto fail = [&](const Error& error) {
    log::warn("job failed", {{"job", job.id.value}, {"trace", job.trace.hex}, {"error", error}});
    const bool again = error.kind != ErrorKind::not_found && error.kind != ErrorKind::user_fault;
    const std::string reason = error.kind == ErrorKind::user_fault ? error.message
                               : again ? "the checks could not run: " + error.message
                                       : "the git host no longer has this commit";
    static_cast<void>(persistently(lease, [&] { return db_.with<void>([&](pg::Connection& db) { return queue::fail_attempt(db, job, reason, again); }); }));
    return Ended::failed;
  };
  const auto settle_early = [&](Ended ended) {
    const auto done = db_.with<void>([&](pg::Connection& db) {
      return ended == Ended::cancelled ? queue::end_cancelled(db, job) : queue::give_back(db, job);
    });
    if (!done) log::warn("job not handed back; its lease will run out", {{"job", job.id.value}, {"error", done.error()}});
    return ended;
  };

  auto project = prepare(job, settings_, slot_directory_);
  if (!project) return fail(project.error());
  const auto begun = db_.with<void>([&](pg::Connection& db) -> Result<void> {
    GREENROOM_CHECK(store::describe_change(db, job, project->merge_base, project->diff_text, diff::size_of(project->workspace.diff)));
    return store::begin_checks(db, job, queued(project->checks));
  });
  if (!begun) return fail(begun.error());

  Progress progress(db_, redis_, job, project->checks);
  const auto report = pipeline::run(project->checks, project->workspace, sandbox::execute, settings_.parallel, progress.observer(),
                                    [&] { return !lease.held() || stopping(); });
  if (lease.state() == queue::Renewal::lost) return Ended::lease_lost;
  if (lease.state() == queue::Renewal::cancel_requested) return settle_early(Ended::cancelled);
  if (stopping()) return settle_early(Ended::given_back);

  const store::JobOutcome outcome{report.checks, report.findings, project->config_error};
  const auto finished = persistently(lease, [&] {
    return db_.with<store::Finished>([&](pg::Connection& db) { return store::finish_job(db, job, outcome); });
  });
  if (!finished) return fail(finished.error());
  if (*finished == store::Finished::yes) return Ended::finished;
  // The last moment for a cancellation: it arrived between the last heartbeat and the report.
  const auto now = db_.with<queue::Renewal>([&](pg::Connection& db) { return queue::renew(db, job); });
  return now && *now == queue::Renewal::cancel_requested ? settle_early(Ended::cancelled) : Ended::lease_lost;
}

}  // namespace greenroom::work
