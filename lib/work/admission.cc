#include "lib/work/admission.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "lib/environment/environment.h"
#include "lib/work/progress.h"

namespace greenroom::work {
namespace {

using model::CheckResult;
using model::CheckState;

bool may_be_run(model::CheckKind kind, model::MayRun may_run) {
  if (may_run == model::MayRun::everything) return true;
  return may_run == model::MayRun::reading && !model::executes_the_change(kind);
}

bool came_to_an_end(CheckState state) {
  return state == CheckState::passed || state == CheckState::attention || state == CheckState::failed ||
         state == CheckState::incomplete || state == CheckState::skipped;
}

const CheckResult* named(const std::vector<CheckResult>& results, const std::string& name) {
  const auto found = std::find_if(results.begin(), results.end(), [&](const auto& one) { return one.name == name; });
  return found == results.end() ? nullptr : &*found;
}

bool is_environment(const checks::Check& check) { return check.kind == model::CheckKind::environment; }

// The environment's step runs for the checks that need it, and for them alone: a job that continues another finds again
// what that one had, and where they wait it waits with them.
void settle_environment(Admission& admission, const pipeline::Report& kept) {
  auto& run = admission.to_run;
  const auto step = std::find_if(run.begin(), run.end(), is_environment);
  if (step == run.end() || std::any_of(run.begin(), run.end(), environment::concerns)) return;
  run.erase(step);
  for (CheckResult& result : admission.standing.checks) {
    if (result.kind != model::CheckKind::environment) continue;
    const CheckResult* earlier = named(kept.checks, result.name);
    if (earlier != nullptr && came_to_an_end(earlier->state)) {
      result = *earlier;
      std::ranges::copy_if(kept.findings, std::back_inserter(admission.standing.findings),
                           [&](const model::Finding& finding) { return finding.check == result.name; });
    } else {
      result.state = CheckState::waiting;
    }
  }
}

auto order_of(const model::Finding& finding) {
  const auto& d = finding.diagnostic;
  return std::tie(d.path, d.span.line, d.tool, d.code);
}

}  // namespace

Admission admit(const std::vector<checks::Check>& planned, model::MayRun may_run, const pipeline::Report& kept) {
  Admission admission;
  admission.standing.checks = queued(planned);
  for (std::size_t i = 0; i < planned.size(); ++i) {
    CheckResult& result = admission.standing.checks[i];
    const CheckResult* earlier = named(kept.checks, result.name);
    if (!may_be_run(planned[i].kind, may_run)) {
      result.state = CheckState::waiting;
    } else if (earlier != nullptr && came_to_an_end(earlier->state) && !is_environment(planned[i])) {
      result = *earlier;
      std::copy_if(kept.findings.begin(), kept.findings.end(), std::back_inserter(admission.standing.findings),
                   [&](const model::Finding& finding) { return finding.check == result.name; });
    } else {
      admission.to_run.push_back(planned[i]);
    }
  }
  settle_environment(admission, kept);
  return admission;
}

pipeline::Report completed(pipeline::Report standing, pipeline::Report ran) {
  for (CheckResult& result : standing.checks)
    if (const CheckResult* now = named(ran.checks, result.name)) result = *now;
  standing.findings.insert(standing.findings.end(), std::make_move_iterator(ran.findings.begin()),
                           std::make_move_iterator(ran.findings.end()));
  std::stable_sort(standing.findings.begin(), standing.findings.end(),
                   [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
  return standing;
}

}  // namespace greenroom::work
