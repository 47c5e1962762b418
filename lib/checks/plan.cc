#include <algorithm>
#include <iterator>
#include <set>

#include "lib/base/nearest.h"
#include "lib/base/text.h"
#include "lib/checks/languages.h"
#include "lib/checks/recipe.h"

namespace greenroom::checks {
namespace {

constexpr std::size_t kNamesShown = 3;
constexpr std::string_view kGenericTools[] = {"python3"};

Result<void> check_names(const config::Config& settings, std::string_view key) {
  for (const std::string& name : settings.list(key)) {
    const auto& recipes = all_recipes();
    if (std::any_of(recipes.begin(), recipes.end(), [&](const Recipe& recipe) { return recipe.name == name; }))
      continue;
    std::vector<std::string> names;
    for (const Recipe& recipe : recipes) names.emplace_back(recipe.name);
    const std::string hint = did_you_mean(name, names);
    return user_fault(std::string(kRepositoryConfig) + ": '" + std::string(key) + "' names '" +
                      shorten(scrub_utf8(name), 40) + "', and there is no such check" +
                      (hint.empty() ? "; there are " : hint + " There are ") + join(names, ", "));
  }
  return {};
}

// A path of the repository: relative, and never an option.
Result<void> check_paths(const config::Config& settings, std::string_view key) {
  for (const std::string& path : settings.list(key)) {
    const auto parts = split(path, '/');
    const bool climbs = std::find(parts.begin(), parts.end(), "..") != parts.end();
    if (path.front() == '/' || path.front() == '-' || climbs)
      return user_fault(std::string(kRepositoryConfig) + ": '" + std::string(key) +
                        "' takes paths inside the repository, for instance 'tests', not '" +
                        shorten(scrub_utf8(path), 60) + "'");
  }
  return {};
}

Result<void> check_modules(const config::Config& settings, std::string_view key) {
  for (const std::string& name : settings.list(key))
    if (!is_module_name(name))
      return user_fault(std::string(kRepositoryConfig) + ": '" + std::string(key) +
                        "' takes names of modules, for instance 'shotlist.render', not '" +
                        shorten(scrub_utf8(name), 60) + "'");
  return {};
}

bool can_be_given(const std::string& path) { return escape_bytes(path) == path; }

// The rest stays in `paths`.
std::vector<std::string> take_hidden(std::vector<std::string>& paths) {
  const auto from = std::stable_partition(paths.begin(), paths.end(), can_be_given);
  std::vector<std::string> hidden(std::make_move_iterator(from), std::make_move_iterator(paths.end()));
  paths.erase(from, paths.end());
  return hidden;
}

Check about_names(const std::vector<std::string>& hidden) {
  Check check;
  check.name = model::kFileNamesCheck;
  check.kind = model::CheckKind::lint;
  check.what = "Whether every tool can be given the names of the changed files.";
  check.why =
      "A name with control characters, or with bytes that are not UTF-8, reads differently on every machine. "
      "No tool was given that file; all others were checked as usual.";
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(hidden.size(), kNamesShown); ++i)
    names.push_back(shorten(escape_bytes(hidden[i]), 80));
  const std::string others =
      names.size() == hidden.size() ? "" : " and " + std::to_string(hidden.size() - names.size()) + " more";
  check.verdict = "rename " + join(names, ", ") + others + " in plain letters";
  return check;
}

// "vendor" and "vendor/" are the folder; "src/a" is also "src/a.py", as the setting's text says: a prefix.
std::vector<std::string> without_ignored(const std::vector<std::string>& paths,
                                         const std::vector<std::string>& prefixes) {
  std::vector<std::string> kept;
  for (const std::string& path : paths)
    if (std::none_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return path.starts_with(prefix); }))
      kept.push_back(path);
  return kept;
}

sandbox::Limits limits_of(const config::Config& settings, model::CheckKind kind) {
  const auto wall = settings.seconds(kind == model::CheckKind::test ? "checks.test_seconds" : "checks.lint_seconds");
  sandbox::Limits limits;
  limits.wall = wall;
  limits.cpu = 2 * wall;
  limits.memory_bytes = static_cast<std::uint64_t>(settings.integer("checks.memory_bytes"));
  return limits;
}

const Tool* tool_named(const Toolbox& toolbox, std::string_view name) {
  const auto found = std::find_if(toolbox.begin(), toolbox.end(), [&](const Tool& tool) { return tool.name == name; });
  return found == toolbox.end() ? nullptr : &*found;
}

Check begin(const Recipe& recipe, const Tool& tool, const config::Config& settings) {
  Check check;
  check.name = recipe.name;
  check.kind = recipe.kind;
  check.what = recipe.what;
  check.why = recipe.why;
  check.run_yourself = "greenroom check " + check.name;
  check.argv = {tool.path};
  check.argv.insert(check.argv.end(), tool.prefix.begin(), tool.prefix.end());
  check.binds = tool.binds;
  check.limits = limits_of(settings, recipe.kind);
  check.format = recipe.format;
  check.exits = recipe.exits;
  check.load = recipe.load;
  const bool generic =
      std::find(std::begin(kGenericTools), std::end(kGenericTools), tool.name) != std::end(kGenericTools);
  if (!generic) check.tool_version = tool.version;
  return check;
}

}  // namespace

Result<config::Config> repository_settings(const ProjectView& project, const config::Config& operators) {
  const std::string yaml = project.base_file(kRepositoryConfig);
  if (yaml.empty()) return operators;
  GREENROOM_TRY(settings, operators.with_repository(yaml));
  GREENROOM_CHECK(check_names(settings, "checks.enabled"));
  GREENROOM_CHECK(check_names(settings, "checks.disabled"));
  GREENROOM_CHECK(check_paths(settings, "checks.pytest_paths"));
  GREENROOM_CHECK(check_paths(settings, "checks.paths_ignored"));
  GREENROOM_CHECK(check_modules(settings, "checks.import_cost"));
  return settings;
}

Result<std::vector<Check>> plan(const ProjectView& project, const Toolbox& toolbox, const config::Config& operators) {
  GREENROOM_TRY(settings, repository_settings(project, operators));
  const auto named = [&](std::string_view key) {
    const auto names = settings.list(key);
    return std::set<std::string, std::less<>>(names.begin(), names.end());
  };
  const auto enabled = named("checks.enabled"), disabled = named("checks.disabled");
  ProjectView shown = project;
  Situation situation{shown, settings, without_ignored(project.changed, settings.list("checks.paths_ignored")), {}};
  const auto hidden = take_hidden(situation.changed);
  take_hidden(shown.changed);
  situation.hidden = take_hidden(shown.files);
  std::vector<Check> checks;
  if (!hidden.empty()) checks.push_back(about_names(hidden));
  for (const Recipe& recipe : all_recipes()) {
    situation.asked_for = enabled.contains(recipe.name);
    if (disabled.contains(recipe.name) || (!enabled.empty() && !situation.asked_for)) continue;
    const Tool* tool = tool_named(toolbox, recipe.tool.empty() ? recipe.name : recipe.tool);
    if (tool == nullptr) continue;
    Check check = begin(recipe, *tool, settings);
    if (recipe.fill(situation, *tool, check)) checks.push_back(std::move(check));
  }
  // ruff reports all that flake8 does: where it runs, flake8 would say everything twice.
  const auto is = [](std::string_view name) { return [name](const Check& check) { return check.name == name; }; };
  if (!enabled.contains("flake8") && std::any_of(checks.begin(), checks.end(), is("ruff")))
    std::erase_if(checks, is("flake8"));
  return checks;
}

}  // namespace greenroom::checks
