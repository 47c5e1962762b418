#include "lib/pipeline/pipeline.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <numeric>
#include <thread>
#include <tuple>

#include "lib/pipeline/missing_packages.h"
#include "lib/pipeline/parts.h"
#include "lib/pipeline/placing.h"
#include "lib/pipeline/verdict.h"
#include "lib/review/review.h"

namespace greenroom::pipeline {
namespace {

struct Done {
  model::CheckResult result;
  std::vector<model::Finding> findings;
};

class Run {
 public:
  Run(const std::vector<checks::Check>& checks, const Workspace& workspace, const Executor& execute,
      const Observer& observer, const std::function<bool()>& cancelled)
      : checks_(checks),
        workspace_(workspace),
        execute_(execute),
        observer_(observer),
        cancelled_(cancelled),
        sources_(workspace.directory),
        done_(checks.size()) {}

  std::vector<Done> all(int parallel) {
    const auto order = starting_order();
    std::vector<std::jthread> threads;
    const int count = std::clamp(parallel, 1, static_cast<int>(std::max<std::size_t>(1, checks_.size())));
    for (int i = 0; i < count; ++i)
      threads.emplace_back([this, &order] {
        for (std::size_t next = next_++; next < order.size(); next = next_++)
          done_[order[next]] = one(checks_[order[next]]);
      });
    threads.clear();
    return std::move(done_);
  }

 private:
  // Slowest first: one that began last would be waited for alone.
  std::vector<std::size_t> starting_order() const {
    std::vector<std::size_t> order(checks_.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater(), [this](std::size_t i) { return checks_[i].load; });
    return order;
  }

  sandbox::Plan plan_of(const checks::Check& check) const {
    sandbox::Plan plan;
    plan.argv = check.argv;
    plan.workspace = workspace_.directory;
    plan.access = check.access;
    plan.files = check.files;
    plan.binds = check.binds;
    plan.environment = check.environment;
    plan.artefacts = check.artefacts;
    plan.scratch = workspace_.scratch;
    plan.limits = check.limits;
    return plan;
  }

  // Runs the tool once and reads what it said. `whole` becomes false for a crash over the files that it was given.
  model::CheckResult look(const checks::Check& check, bool& whole) {
    model::CheckResult result = waiting(check);
    result.state = model::CheckState::running;
    const auto tell = [&](process::Stream, std::string_view text) {
      if (observer_.output) observer_.output(check.name, text);
    };
    const auto outcome = execute_(plan_of(check), tell, cancelled_);
    if (!outcome) {
      result.state = model::CheckState::errored;
      result.headline = "could not run: " + outcome.error().message;
      return result;
    }
    read_outcome(
        check, *outcome, [this](std::string_view path) { return sources_.text(path); }, workspace_.seen_as, result);
    whole = result.state != model::CheckState::errored || outcome->process.timed_out;
    excuse_missing_packages(result, sources_);
    return result;
  }

  model::CheckResult look_at_all(const checks::Check& check) {
    const auto deadline = std::chrono::steady_clock::now() + check.limits.wall;
    bool whole = true;
    model::CheckResult result = look(check, whole);
    bool ignored = true;
    if (!whole)
      look_at_parts(
          check, [&](const checks::Check& part) { return look(part, ignored); }, deadline, result);
    return result;
  }

  Done one(const checks::Check& check) {
    Done done{waiting(check), {}};
    model::CheckResult& result = done.result;
    if (cancelled_ && cancelled_()) {
      result.state = model::CheckState::cancelled;
      result.headline = "cancelled";
      return done;
    }
    result.state = model::CheckState::running;
    const TimePoint started = system_clock().now();
    result.started_at = started;
    if (observer_.started) observer_.started(result);
    if (check.verdict.empty())
      result = look_at_all(check);
    else
      take_verdict(check, result);
    result.started_at = started;
    result.finished_at = system_clock().now();
    done.findings = place(result, workspace_.diff, sources_);
    conclude(result, static_cast<int>(std::count_if(done.findings.begin(), done.findings.end(), concerns_author)));
    result.diagnostics = {};  // each is in a finding now; of a flood there are thousands
    if (observer_.finished) observer_.finished(result);
    return done;
  }

  const std::vector<checks::Check>& checks_;
  const Workspace& workspace_;
  const Executor& execute_;
  const Observer& observer_;
  const std::function<bool()>& cancelled_;
  Sources sources_;
  std::vector<Done> done_;
  std::atomic<std::size_t> next_{0};
};

std::map<std::string, std::string> renames_of(const diff::Diff& diff) {
  std::map<std::string, std::string> old_path_of;
  for (const diff::File& file : diff.files)
    if (file.status == diff::File::Status::renamed) old_path_of[file.new_path] = file.old_path;
  return old_path_of;
}

}  // namespace

Report run(const std::vector<checks::Check>& checks, const Workspace& workspace, const Executor& execute, int parallel,
           const Observer& observer, const std::function<bool()>& cancelled) {
  Report report;
  for (Done& done : Run(checks, workspace, execute, observer, cancelled).all(parallel)) {
    report.checks.push_back(std::move(done.result));
    std::move(done.findings.begin(), done.findings.end(), std::back_inserter(report.findings));
  }
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const model::Finding& a, const model::Finding& b) {
                     const auto key = [](const model::Finding& f) {
                       return std::tie(f.diagnostic.path, f.diagnostic.span.line, f.diagnostic.tool, f.diagnostic.code);
                     };
                     return key(a) < key(b);
                   });
  review::assign_fingerprints(report.findings, renames_of(workspace.diff));
  return report;
}

}  // namespace greenroom::pipeline
