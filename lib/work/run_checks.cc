#include "lib/work/run_checks.h"

#include <algorithm>
#include <future>
#include <iterator>

#include "lib/work/environment_step.h"

namespace greenroom::work {
namespace {

constexpr std::chrono::milliseconds kAtOnce{250};

void add(pipeline::Report& report, pipeline::Report more) {
  std::ranges::move(more.checks, std::back_inserter(report.checks));
  std::ranges::move(more.findings, std::back_inserter(report.findings));
}

bool waits_for_environment(const checks::Check& check) {
  return check.kind == model::CheckKind::environment || environment::concerns(check);
}

}  // namespace

pipeline::Report run_checks(const Project& project, std::vector<checks::Check> checks, const Settings& settings,
                            const pipeline::Observer& observer, const std::function<bool()>& cancelled) {
  const auto run = [&](const std::vector<checks::Check>& some) {
    return pipeline::run(some, project.workspace, settings.execute, settings.parallel, observer, cancelled);
  };
  const bool planned =
      std::ranges::any_of(checks, [](const auto& check) { return check.kind == model::CheckKind::environment; });
  if (!planned) return run(checks);
  const auto others = std::stable_partition(checks.begin(), checks.end(), waits_for_environment);
  std::vector<checks::Check> now(std::make_move_iterator(others), std::make_move_iterator(checks.end()));
  checks.erase(others, checks.end());
  auto making = std::async(std::launch::async, [&] {
    return run_environment_step(project.environment, project.workspace, checks, settings, observer, cancelled);
  });
  pipeline::Report report;
  if (making.wait_for(kAtOnce) != std::future_status::ready) {
    report = run(now);
    now.clear();
  }
  EnvironmentStep step = making.get();
  add(report, std::move(step.report));
  std::ranges::move(checks, std::back_inserter(now));
  add(report, run(now));
  return report;
}

}  // namespace greenroom::work
