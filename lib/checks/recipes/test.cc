#include <algorithm>

#include "lib/base/text.h"
#include "lib/checks/addopts.h"
#include "lib/checks/languages.h"
#include "lib/checks/recipe.h"

namespace greenroom::checks {
namespace {

ToolConfig pytest_config(const ProjectView& project) {
  return project_config(
      project,
      {{"pytest.ini", ""}, {"pyproject.toml", "[tool.pytest"}, {"tox.ini", "[pytest"}, {"setup.cfg", "[tool:pytest"}});
}

bool mentions(const ToolConfig& config, std::string_view key) { return config.content.find(key) != std::string::npos; }

// pytest collects by itself, and its report cannot hold such a name.
void ignore_hidden(const Situation& situation, Check& check) {
  for (const std::string& path : situation.hidden)
    if (is_test(path)) check.argv.push_back("--ignore=" + path);
}

}  // namespace

// The tests are the head's own code, and so is what they are run with: pytest reads the head's settings. Whoever can
// change a test can make it pass; a person sees that in the diff.
bool fill_pytest(const Situation& situation, const Tool&, Check& check) {
  const auto& files = situation.project.files;
  const auto wanted = situation.settings.list("checks.pytest_paths");
  if (wanted.empty() && !std::any_of(files.begin(), files.end(), is_test)) return false;
  const ToolConfig config = pytest_config(situation.project);
  check.argv.insert(check.argv.end(), {"-p", "no:cacheprovider", "--rootdir=/work", "--junitxml=/tmp/out/junit.xml",
                                       "-o", "junit_family=xunit1", "--color=no"});
  if (const auto options = runnable_addopts(config.content))
    check.argv.insert(check.argv.end(), {"-o", "addopts=" + *options});
  ignore_hidden(situation, check);
  check.artefacts = {"junit.xml"};
  check.access = sandbox::WorkspaceAccess::throw_away;
  check.environment = {{"PYTHONDONTWRITEBYTECODE", "1"}};
  // Nobody installs the project before its tests run; where it does not say where its packages are, its files do.
  if (!mentions(config, "pythonpath")) check.environment.emplace_back("PYTHONPATH", join(import_roots(files), ":"));
  const bool in_tests = std::any_of(
      files.begin(), files.end(), [](const std::string& file) { return file.starts_with("tests/") && is_test(file); });
  if (!wanted.empty())
    check.argv.insert(check.argv.end(), wanted.begin(), wanted.end());
  else if (in_tests && !mentions(config, "testpaths"))
    check.argv.emplace_back("tests");
  return true;
}

}  // namespace greenroom::checks
