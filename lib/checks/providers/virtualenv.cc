// requirements.txt and its like, or pyproject.toml: a virtualenv that pip fills with wheels.

#include <algorithm>
#include <array>

#include "lib/base/text.h"
#include "lib/checks/providers/explain/explain.h"
#include "lib/checks/providers/provider.h"
#include "lib/checks/providers/pyproject.h"
#include "lib/checks/providers/requirements.h"

namespace greenroom::checks {
namespace {

constexpr std::string_view kRoot = "greenroom-requirements.txt";  // names all that is asked for
constexpr std::array<std::string_view, 4> kForRunning{"requirements.txt", "requirements/base.txt",
                                                      "requirements/requirements.txt", "requirements/main.txt"};
constexpr std::array<std::string_view, 12> kForTests{
    "requirements-dev.txt",  "requirements-test.txt",  "requirements-tests.txt",   "requirements_dev.txt",
    "requirements_test.txt", "dev-requirements.txt",   "test-requirements.txt",    "requirements/dev.txt",
    "requirements/test.txt", "requirements/tests.txt", "requirements/testing.txt", "requirements/development.txt"};

bool has(const std::vector<std::string>& files, std::string_view name) {
  return std::find(files.begin(), files.end(), name) != files.end();
}

// The lines of pyproject.toml stand in the root; whatever is no package of an index is left out there too.
void add_lines(const std::vector<std::string>& dependencies, std::string& root, EnvironmentPlan& plan, bool& any) {
  for (const std::string& text : dependencies) {
    if (!names_a_package(trim(text)) || text.find('\n') != std::string::npos) {
      plan.left_out.push_back("pyproject.toml: " + shorten(escape_bytes(text), 80));
      continue;
    }
    root += std::string(trim(text)) + "\n";
    any = true;
  }
}

Result<std::optional<EnvironmentPlan>> plan_virtualenv(const std::vector<std::string>& base_files,
                                                       const std::function<std::string(std::string_view)>& base_file,
                                                       const config::Config&) {
  EnvironmentPlan plan;
  plan.provider = "virtualenv";
  plan.builder = "build_virtualenv.py";
  plan.needs = {"virtualenv"};
  Requirements requirements;
  std::vector<std::string> locks;
  std::string root;
  const auto follow = [&](const auto& names) {
    const std::size_t before = locks.size();
    for (const std::string_view name : names) {
      if (!has(base_files, name)) continue;
      const std::size_t files = requirements.files.size();
      read_requirements(name, base_file, requirements);
      if (requirements.files.size() > files) root += "-r " + std::string(name) + "\n";
      locks.emplace_back(name);
    }
    return locks.size() > before;
  };
  const bool runs = follow(kForRunning), tests = follow(kForTests);
  bool any = requirements.packages > 0, from_project = false;
  plan.left_out = std::move(requirements.left_out);
  if ((!runs || !tests) && has(base_files, "pyproject.toml")) {
    GREENROOM_TRY(project, project_dependencies(base_file("pyproject.toml")));
    if (!runs) add_lines(project.run, root, plan, from_project);
    if (!tests) add_lines(project.tests, root, plan, from_project);
    if (from_project) locks.emplace_back("pyproject.toml");
  }
  if (!any && !from_project) return std::optional<EnvironmentPlan>();
  plan.lock = join(locks, ", ");
  plan.at_home = from_project ? "pip install -e ." : "pip install -r " + join(locks, " -r ");
  plan.pinned = any && !from_project && requirements.hashed;
  plan.sources = {{std::string(kRoot), root}};
  for (auto& file : requirements.files) plan.sources.push_back(std::move(file));
  return std::optional<EnvironmentPlan>(std::move(plan));
}

}  // namespace

Provider virtualenv_provider() { return {"virtualenv", plan_virtualenv, explain_pip}; }

}  // namespace greenroom::checks
