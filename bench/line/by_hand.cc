#include "bench/line/by_hand.h"

#include <stdexcept>

#include "bench/figure.h"
#include "lib/checks/run_here.h"

namespace greenroom::bench {

ByHand::ByHand(std::string directory, std::vector<std::string> files, std::vector<std::string> changed)
    : directory_(std::move(directory)) {
  const auto config = config::Config::load("", [](const std::string&) { return std::string(); });
  if (!config) throw std::runtime_error(config.error().describe());
  checks::ProjectView view;
  view.files = std::move(files);
  view.changed = std::move(changed);
  view.base_file = [](std::string_view) { return std::string(); };  // the project configures nothing
  auto planned = checks::plan(view, checks::find_tools(""), *config);
  if (!planned) throw std::runtime_error(planned.error().describe());
  checks_ = std::move(*planned);
}

void ByHand::run() {
  for (const checks::Check& check : checks_) {
    sandbox::Plan plan;
    plan.argv = check.argv;
    plan.workspace = directory_;
    plan.files = check.files;
    plan.binds = check.binds;
    plan.environment = check.environment;
    plan.artefacts = check.artefacts;
    plan.limits = check.limits;
    times_[check.name].push_back(milliseconds([&] {
      if (const auto ended = checks::run_here(plan); !ended) throw std::runtime_error(ended.error().describe());
    }));
  }
}

std::map<std::string, double> ByHand::medians() const {
  std::map<std::string, double> result;
  for (const auto& [name, times] : times_) result[name] = median(times);
  return result;
}

}  // namespace greenroom::bench
