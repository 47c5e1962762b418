// uv 0.13: what `uv lock --check --offline`, `uv export` and `uv pip sync` say.

#include "lib/base/text.h"
#include "lib/checks/providers/explain/explain.h"

namespace greenroom::checks {
namespace {

using explain::between;
using explain::has;
using explain::shown;

LockFault unreadable(const EnvironmentPlan& plan, std::string_view line, std::string_view next) {
  const std::string file = has(line, "pyproject.toml") ? "pyproject.toml" : plan.lock;
  const std::string_view cause = between(next, "cause: ", "");
  return {"ENV008", "uv cannot read " + file + (cause.empty() ? "" : ": " + shown(cause))};
}

// One line "cause: Because … and you require …, we can conclude …" of the resolver. The lock has pinned every version,
// so each story is short.
std::optional<LockFault> resolver(const EnvironmentPlan& plan, std::string_view line) {
  const std::string_view wanted = between(line, "you require ", ",");
  const std::string asks = plan.lock + " asks for ";
  if (const auto what = between(line, "there is no version of ", " and "); !what.empty())
    return LockFault{"ENV001", asks + shown(what) + ", which the package index does not have"};
  if (const auto what = between(line, "Because ", " was not found in the package registry"); !what.empty())
    return LockFault{
        "ENV002", asks + shown(wanted.empty() ? what : wanted) + ", and the package index has no package of that name"};
  for (const std::string_view words : {" has no usable wheels", " has no wheels with a matching"})
    if (const auto what = between(line, "Because ", words); !what.empty())
      return LockFault{"ENV004",
                       asks + shown(what) + ", which the package index does not have as a wheel for this machine"};
  if (const auto needs = between(line, "does not satisfy Python", " and "); !needs.empty()) {
    const auto what = between(line, "Python" + std::string(needs) + " and ", " depends on");
    return LockFault{"ENV006", asks + shown(what) + ", which needs Python " + shown(needs)};
  }
  if (has(wanted, " and ")) {
    const auto both = wanted.find(" and ");
    return LockFault{"ENV003",
                     asks + shown(wanted.substr(0, both)) + ", but also for " + shown(wanted.substr(both + 5))};
  }
  return std::nullopt;
}

std::optional<LockFault> explain_line(const EnvironmentPlan& plan, std::string_view line, std::string_view next) {
  if (has(line, "needs to be updated, but `--check` was provided") || has(line, "because the network was disabled"))
    return LockFault{"ENV007", plan.lock + " was made from an older pyproject.toml; `uv lock` renews it"};
  if (const auto needs = between(line, "incompatible with the project's Python requirement: `", "`"); !needs.empty())
    return LockFault{"ENV006", "pyproject.toml needs Python " + shown(needs) + ", and this machine has " +
                                   shown(between(line, "resolved to Python ", ","))};
  if (const auto what = between(line, "Hash mismatch for `", "`"); !what.empty())
    return LockFault{
        "ENV005", "the package index's file of " + shown(what) + " does not have the hash that stands in " + plan.lock};
  if (const auto what = between(line, "must have a hash, but none were provided for: ", ""); !what.empty())
    return LockFault{"ENV005", plan.lock + " has no hash for " + shown(what)};
  if (has(line, "error: Failed to parse") || (has(line, "uv.lock") && has(line, "did not contain valid UTF-8")))
    return unreadable(plan, line, next);
  if (has(line, "uses an unsupported schema version"))
    return LockFault{"ENV008", plan.lock + " was made by a uv whose format this machine's uv does not know"};
  if (has(line, "cause: Because ")) return resolver(plan, line);
  return std::nullopt;
}

}  // namespace

std::optional<LockFault> explain_uv(const EnvironmentPlan& plan, std::string_view output) {
  const auto lines = explain::lines_of(output);
  // Without the network uv first says that nothing satisfies the lock, and only then why.
  for (const std::string_view line : lines)
    if (has(line, "because the network was disabled")) return explain_line(plan, line, {});
  for (std::size_t at = 0; at < lines.size(); ++at)
    if (auto fault = explain_line(plan, lines[at], at + 1 < lines.size() ? lines[at + 1] : std::string_view()))
      return fault;
  return std::nullopt;
}

}  // namespace greenroom::checks
