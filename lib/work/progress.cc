#include "lib/work/progress.h"

#include "lib/base/log.h"
#include "lib/store/job_report.h"
#include "lib/work/crash_point.h"

namespace greenroom::work {

std::vector<model::CheckResult> queued(const std::vector<checks::Check>& checks) {
  std::vector<model::CheckResult> results;
  for (const checks::Check& check : checks) {
    model::CheckResult& result = results.emplace_back();
    result.name = check.name;
    result.kind = check.kind;
    result.what = check.what;
    result.why = check.why;
    result.run_yourself = check.run_yourself;
    result.tool_version = check.tool_version;
  }
  return results;
}

Progress::Progress(pg::Pool& db, const redis::Options& redis, const model::Job& job,
                   const std::vector<checks::Check>& checks)
    : db_(db), job_(job), live_(redis, job.id) {
  for (const checks::Check& check : checks) positions_.emplace(check.name, static_cast<int>(positions_.size()));
}

pipeline::Observer Progress::observer() {
  const auto put = [this](const model::CheckResult& check) { this->put(check); };
  const auto output = [this](std::string_view check, std::string_view text) {
    crash_point("in_checks");
    live_.publish(check, text);
  };
  return {put, output, put};
}

void Progress::put(const model::CheckResult& check) {
  const auto position = positions_.find(check.name);
  if (position == positions_.end()) return;
  const auto written =
      db_.with<void>([&](pg::Connection& db) { return store::put_check(db, job_, position->second, check); });
  if (!written) {
    log::warn("progress not written", {{"job", job_.id.value}, {"check", check.name}, {"error", written.error()}});
  }
}

}  // namespace greenroom::work
