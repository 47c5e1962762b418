#include "lib/work/environment_step.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/environment/size.h"
#include "lib/review/review.h"
#include "lib/work/progress.h"

namespace greenroom::work {
namespace {

using environment::Provided;
using model::CheckState;

constexpr std::size_t kLogHalf = 64u << 10;

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + " " + std::string(number == 1 ? one : many);
}

// What the change does to the lock counts once it is merged: until then its tests have the base branch's packages.
bool edits_lock(const checks::EnvironmentPlan& plan, const diff::Diff& change) {
  const auto names = split(plan.lock, ',');
  return std::any_of(change.files.begin(), change.files.end(), [&](const diff::File& file) {
    const auto is = [&](std::string_view path) { return file.old_path == path || file.new_path == path; };
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return is(trim(name)); }) ||
           std::any_of(plan.sources.begin(), plan.sources.end(), [&](const auto& source) { return is(source.first); });
  });
}

std::string headline(const checks::EnvironmentPlan& plan, const Provided& provided, const diff::Diff& change) {
  std::string words = plan.provider + ": " +
                      counted(provided.environment->built.packages.size(), "package", "packages") + " from " +
                      plan.lock;
  const auto seconds = std::max<std::int64_t>(1, (provided.took.count() + 500) / 1000);
  words += provided.kept ? ", kept from before" : ", built in " + std::to_string(seconds) + " s";
  if (edits_lock(plan, change)) words += "; the edit of it in this change counts once it is merged";
  if (!provided.left_out.empty())
    words += "; " + counted(provided.left_out.size(), "line is", "lines are") + " not followed";
  return words;
}

void keep_log(const Provided& provided, model::CheckResult& result) {
  std::string text;
  for (const std::string& line : provided.left_out) text += "not followed: " + line + "\n";
  if (provided.environment)
    for (const auto& [name, version] : provided.environment->built.packages) text += name + " " + version + "\n";
  if (!provided.log.empty()) text += (text.empty() ? "" : "\n") + provided.log;
  text = scrub_utf8(text);
  result.log_head = shorten(text, kLogHalf);
  if (text.size() <= kLogHalf) return;
  const std::size_t tail = std::min(kLogHalf, text.size() - kLogHalf);
  result.log_tail = scrub_utf8(std::string_view(text).substr(text.size() - tail));
  result.log_cut = text.size() - kLogHalf - tail;
}

// Something about the lock, so that its lesson is told.
void add_finding(const checks::EnvironmentPlan& plan, std::string_view tool, std::string_view code,
                 std::string_view message, pipeline::Report& report) {
  model::Finding finding;
  finding.check = model::kEnvironmentCheck;
  finding.diagnostic.tool = tool;
  finding.diagnostic.code = code;
  finding.diagnostic.severity = model::Severity::warning;
  finding.diagnostic.path = trim(split(plan.lock, ',').front());
  finding.diagnostic.message = scrub_utf8(message);
  report.findings.push_back(std::move(finding));
  review::assign_fingerprints(report.findings, {});
}

// Ends the step; what was found by it goes into the report.
void conclude(const checks::EnvironmentPlan& plan, const diff::Diff& change, const Result<Provided>& provided,
              bool stopped, pipeline::Report& report) {
  model::CheckResult& result = report.checks.front();
  if (stopped) {
    result.state = CheckState::cancelled;
    result.headline = "cancelled";
  } else if (!provided) {
    result.state = CheckState::errored;
    result.headline = provided.error().message;
    log::warn("no environment", {{"lock", plan.lock}, {"error", provided.error()}});
  } else if (provided->fault) {
    result.state = CheckState::incomplete;
    result.headline = provided->fault->message;
    add_finding(plan, model::kEnvironmentCheck, provided->fault->code, provided->fault->message, report);
  } else {
    result.state = CheckState::passed;
    result.headline = headline(plan, *provided, change);
    if (const auto size = environment::oversize(provided->environment->built.variables)) {
      result.headline += "; " + *size;
      add_finding(plan, "greenroom", model::kLargeEnvironment, *size, report);
    }
  }
  if (provided) {
    result.degraded = provided->degraded;
    keep_log(*provided, result);
  }
  result.finished_at = system_clock().now();
}

}  // namespace

checks::Check environment_check(const checks::EnvironmentPlan& plan) {
  checks::Check check;
  check.name = model::kEnvironmentCheck;
  check.kind = model::CheckKind::environment;
  check.what = "Makes ready what the project's tests and types import, from " + plan.lock + " of the base branch.";
  check.why = "Tests run with the packages that the project itself asks for, and not with whatever lies on a machine.";
  check.run_yourself = plan.at_home;
  return check;
}

EnvironmentStep run_environment_step(const std::optional<checks::Chosen>& chosen, const pipeline::Workspace& workspace,
                                     std::vector<checks::Check>& checks, const Settings& settings,
                                     const pipeline::Observer& observer, const std::function<bool()>& cancelled) {
  EnvironmentStep step;
  const auto planned = std::find_if(checks.begin(), checks.end(),
                                    [](const auto& check) { return check.kind == model::CheckKind::environment; });
  if (planned == checks.end() || !chosen) return step;
  step.report.checks = queued({*planned});
  checks.erase(planned);
  model::CheckResult& result = step.report.checks.front();
  result.state = CheckState::running;
  result.started_at = system_clock().now();
  if (observer.started) observer.started(result);
  const environment::Settings place{settings.directory + "/environments",
                                    settings.toolbox,
                                    settings.config,
                                    settings.execute,
                                    system_clock(),
                                    workspace.scratch};
  auto provided = environment::provide(
      *chosen, place,
      [&](process::Stream, std::string_view text) {
        if (observer.output) observer.output(model::kEnvironmentCheck, text);
      },
      cancelled);
  conclude(chosen->plan, workspace.diff, provided, cancelled && cancelled(), step.report);
  if (observer.finished) observer.finished(result);
  if (!provided || !provided->environment) return step;
  step.environment = std::move(provided->environment);
  for (checks::Check& check : checks)
    if (environment::concerns(check)) environment::use_in(check, *step.environment);
  return step;
}

}  // namespace greenroom::work
