// The checks of a change on the person's own machine: no server, no database, no sandbox, the same review.

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "lib/base/nearest.h"
#include "lib/base/text.h"
#include "lib/checks/run_here.h"
#include "lib/json/json.h"
#include "services/cli/commands.h"
#include "services/cli/looking.h"
#include "services/cli/scratch.h"
#include "services/cli/terminal.h"

namespace greenroom::cli {
namespace fs = std::filesystem;
namespace {

struct Wanted {
  std::vector<std::string> checks;    // by name; empty: all
  std::vector<std::string> prefixes;  // paths from the top of the tree; empty: all
};

std::vector<std::string> check_names() {
  std::vector<std::string> names;
  for (const auto& check : checks::all_checks()) names.emplace_back(check.name);
  return names;
}

bool is_check(const std::string& word) {
  const auto names = check_names();
  return std::find(names.begin(), names.end(), word) != names.end();
}

// "src" in a folder of the tree, as a path from its top.
Result<std::string> from_top(const WorkingTree& tree, const std::string& word) {
  std::error_code failed;
  const fs::path path = fs::weakly_canonical(fs::absolute(word, failed), failed)
                            .lexically_relative(fs::weakly_canonical(tree.top, failed));
  const std::string text = path.string();
  if (text.empty() || text == ".." || text.starts_with("../"))
    return user_fault("'" + word + "' lies outside of " + tree.top);
  const bool known = text == "." || std::any_of(tree.files.begin(), tree.files.end(), [&](const std::string& file) {
                       return file == text || file.starts_with(text + "/");
                     });
  if (!known) {
    const std::string hint = did_you_mean(word, check_names());
    return user_fault("'" + word + "' is neither a check nor a file of this tree" + (hint.empty() ? ";" : hint) +
                      " 'greenroom rules --checks' lists the checks");
  }
  return text;
}

Result<Wanted> wanted_of(const Arguments& arguments, const WorkingTree& tree) {
  Wanted wanted;
  for (const std::string& word : arguments.list("what")) {
    if (is_check(word)) {
      wanted.checks.push_back(word);
      continue;
    }
    GREENROOM_TRY(path, from_top(tree, word));
    wanted.prefixes.push_back(path);
  }
  return wanted;
}

bool covers(const Wanted& wanted, const std::string& path) {
  const auto under = [&](const std::string& prefix) {
    return prefix == "." || path == prefix || path.starts_with(prefix + "/");
  };
  return wanted.prefixes.empty() || std::any_of(wanted.prefixes.begin(), wanted.prefixes.end(), under);
}

std::vector<std::string> changed_files(const WorkingTree& tree, const Wanted& wanted) {
  auto changed = changed_files(tree);
  std::erase_if(changed, [&](const std::string& path) { return !covers(wanted, path); });
  return changed;
}

// The person's own virtualenv comes first, also for the tests: that is where their packages are.
checks::Toolbox tools_here(const config::Config& config) {
  const char* active = std::getenv("VIRTUAL_ENV");
  const std::string virtualenv = active == nullptr ? "" : active;
  auto toolbox = checks::find_tools(virtualenv.empty() ? config.text("tools.directory") : virtualenv);
  const std::string pytest = virtualenv + "/bin/pytest";
  if (!virtualenv.empty() && access(pytest.c_str(), X_OK) == 0)
    for (checks::Tool& tool : toolbox)
      if (tool.name == "pytest") tool.path = pytest;
  return toolbox;
}

nlohmann::json as_json(const model::CheckResult& check) {
  nlohmann::json json{{"name", check.name},
                      {"kind", model::name_of(check.kind)},
                      {"state", model::name_of(check.state)},
                      {"headline", check.headline},
                      {"tool_version", check.tool_version}};
  if (check.kind == model::CheckKind::test)
    json["tests"] = {{"passed", check.tests.passed},
                     {"failed", check.tests.failed},
                     {"errors", check.tests.errors},
                     {"skipped", check.tests.skipped}};
  if (!check.patch.empty()) json["patch"] = check.patch;
  return json;
}

std::string_view name_of(model::Placement placement) {
  switch (placement) {
    case model::Placement::author_line: return "author_line";
    case model::Placement::context: return "context";
    case model::Placement::file: return "file";
    case model::Placement::elsewhere: return "elsewhere";
  }
  return "";
}

nlohmann::json as_json(const model::Finding& finding, const teaching::LessonBook& book) {
  const model::Diagnostic& d = finding.diagnostic;
  nlohmann::json json{{"check", finding.check},
                      {"tool", d.tool},
                      {"code", d.code},
                      {"path", d.path},
                      {"line", d.span.line},
                      {"column", d.span.column},
                      {"message", d.message},
                      {"placement", name_of(finding.placement)},
                      {"fingerprint", finding.fingerprint}};
  if (const teaching::Lesson* lesson = book.find(d.tool, d.code)) json["lesson"] = lesson->id;
  return json;
}

void print_json(const Looked& looked, const WorkingTree& tree, const teaching::LessonBook& book) {
  nlohmann::json whole{
      {"base", tree.base_name}, {"checks", nlohmann::json::array()}, {"findings", nlohmann::json::array()}};
  if (!looked.config_error.empty()) whole["config_error"] = looked.config_error;
  for (const auto& check : looked.report.checks) whole["checks"].push_back(as_json(check));
  for (const auto& finding : looked.report.findings) whole["findings"].push_back(as_json(finding, book));
  std::cout << json::dump(whole) << "\n";
}

Result<int> run(const Arguments& arguments) {
  GREENROOM_TRY(config, config::Config::from_environment());
  GREENROOM_TRY(templates, templates_directory(config));
  GREENROOM_TRY(book, teaching::LessonBook::load(templates + "/lessons"));
  GREENROOM_TRY(scratch, Scratch::make());
  if (arguments.given("staged") && arguments.given("all")) return user_fault("--staged and --all exclude each other");
  const Part part = arguments.given("staged") ? Part::staged : arguments.given("all") ? Part::whole : Part::changed;
  GREENROOM_TRY(tree, read_working_tree(".", arguments.text("base"), part, scratch.path()));
  GREENROOM_TRY(wanted, wanted_of(arguments, tree));
  const Bench bench{tools_here(config), checks::run_here, tree.directory + "/", scratch.path()};
  GREENROOM_TRY(looked, look(tree, changed_files(tree, wanted), wanted.checks, bench, config));
  if (arguments.given("json"))
    print_json(looked, tree, book);
  else
    print_review(looked, tree, book, config);
  return exit_code_of(looked);
}

}  // namespace

Command command_check() {
  return {"check",
          "Check what changed in this working tree, as the review would.",
          {{"what", "checks and paths to look at; without any, all", Positional::Count::many}},
          {{"--base", "REF", "compare with this branch or commit, not with origin's default branch"},
           {"--staged", "", "what is staged, as it would be committed"},
           {"--all", "", "whole files, not only the lines that changed"},
           {"--json", "", "print JSON"}},
          run};
}

}  // namespace greenroom::cli
