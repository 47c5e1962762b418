// pipenv: its own words about the lock, and those of the pip that it brings along.

#include "lib/base/text.h"
#include "lib/checks/providers/explain/explain.h"

namespace greenroom::checks {

std::optional<LockFault> explain_pipenv(const EnvironmentPlan& plan, std::string_view output) {
  for (const std::string_view line : explain::lines_of(output)) {
    if (explain::has(line, plan.lock + " is out-of-date."))
      return LockFault{"ENV007", plan.lock + " was made from an older Pipfile; `pipenv lock` renews it"};
    if (explain::has(line, "tomlkit.exceptions."))
      return LockFault{"ENV008", "pipenv cannot read Pipfile: " + explain::shown(explain::between(line, ": ", ""))};
    if (explain::has(line, "Failed to load lockfile")) return LockFault{"ENV008", "pipenv cannot read " + plan.lock};
  }
  return explain_pip(plan, output);
}

}  // namespace greenroom::checks
