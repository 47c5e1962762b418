#include "lib/checks/plan.h"

#include <algorithm>

#include "lib/checks/words.h"

namespace greenroom::checks {

Planner::Planner(const ProjectView& project, const Toolbox& toolbox, const config::Config& config)
    : project_(project), toolbox_(toolbox), config_(config), enabled_(config.list("checks.enabled")),
      disabled_(config.list("checks.disabled")), ignored_(config.list("checks.paths_ignored")) {}

const Tool* Planner::tool(std::string_view name) const {
  for (const Tool& tool : toolbox_)
    if (tool.name == name) return &tool;
  return nullptr;
}

bool Planner::wanted(std::string_view check) const {
  if (std::find(disabled_.begin(), disabled_.end(), check) != disabled_.end()) return false;
  return enabled_.empty() || std::find(enabled_.begin(), enabled_.end(), check) != enabled_.end();
}

bool Planner::ignored(std::string_view path) const {
  return std::any_of(ignored_.begin(), ignored_.end(), [&](const std::string& prefix) { return path.starts_with(prefix); });
}

bool Planner::has_file(std::string_view path) const {
  return std::find(project_.files.begin(), project_.files.end(), path) != project_.files.end();
}

std::vector<std::string> Planner::changed(std::initializer_list<std::string_view> endings) const {
  std::vector<std::string> files;
  for (const std::string& path : project_.changed)
    if (!ignored(path) && std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return path.ends_with(ending); }))
      files.push_back(path);
  return files;
}

Planner::BaseConfig Planner::base_config(std::initializer_list<std::pair<std::string_view, std::string_view>> candidates) const {
  for (const auto& [file, section] : candidates) {
    std::string content = project_.base_file(file);
    if (!content.empty() && content.find(section) != std::string::npos) return {std::string(file), std::move(content)};
  }
  return {};
}

Check Planner::make(std::string_view name, const Tool& tool, std::string format) const {
  const Words& words = words_of(name);
  Check check;
  check.name = name;
  check.kind = words.kind;
  check.what = words.what;
  check.why = words.why;
  check.run_yourself = "greenroom check --only " + check.name;
  check.argv = {tool.path};
  check.binds = tool.binds;
  check.format = std::move(format);
  check.tool_version = tool.version;
  check.limits.wall = words.kind == model::CheckKind::test ? config_.seconds("checks.test_seconds") : config_.seconds("checks.lint_seconds");
  check.limits.memory_bytes = static_cast<std::uint64_t>(config_.integer("checks.memory_bytes"));
  return check;
}

// A name that begins with '-' must not become an option.
void Planner::add(Check check, const std::vector<std::string>& files) {
  for (const std::string& file : files) check.argv.push_back(file.starts_with('-') ? "./" + file : file);
  checks_.push_back(std::move(check));
}

Result<std::vector<Check>> plan(const ProjectView& project, const Toolbox& toolbox, const config::Config& operators) {
  GREENROOM_TRY(config, operators.with_repository(project.base_file(kRepositoryConfig)));
  Planner planner(project, toolbox, config);
  planner.plan_python();
  planner.plan_shell();
  planner.plan_c();
  return planner.take();
}

}  // namespace greenroom::checks
