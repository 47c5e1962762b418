// The checks of a change on the person's own machine: no server, no database, no sandbox, the same review.

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "lib/base/text.h"
#include "lib/checks/run_here.h"
#include "lib/json/json.h"
#include "lib/pipeline/pipeline.h"
#include "lib/teaching/teaching.h"
#include "services/cli/commands.h"
#include "services/cli/terminal.h"
#include "services/cli/working_tree.h"

namespace greenroom::cli {
namespace fs = std::filesystem;
namespace {

class Scratch {
 public:
  static Result<Scratch> make() {
    std::error_code failed;
    std::string path = (fs::temp_directory_path(failed) / "greenroom-XXXXXX").string();
    if (failed || mkdtemp(path.data()) == nullptr)
      return transient("cannot make a folder for temporary files; is the disk full?");
    return Scratch(std::move(path));
  }
  explicit Scratch(std::string path) : path_(std::move(path)) {}
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Wanted {
  std::vector<std::string> checks;    // by name; empty: all
  std::vector<std::string> prefixes;  // paths from the top of the tree; empty: all
};

bool is_check(const std::string& word) {
  const auto all = checks::all_checks();
  return std::any_of(all.begin(), all.end(), [&](const auto& check) { return check.name == word; });
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
  if (!known)
    return user_fault("'" + word +
                      "' is neither a check nor a file of this tree; 'greenroom rules --checks' lists the checks");
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
  std::vector<std::string> changed;
  for (const diff::File& file : tree.diff.files) {
    if (file.status == diff::File::Status::deleted || file.submodule || file.binary || !covers(wanted, file.new_path))
      continue;
    std::error_code ignored;
    const auto kind = fs::symlink_status(fs::path(tree.directory) / file.new_path, ignored).type();
    if (kind == fs::file_type::regular) changed.push_back(file.new_path);
  }
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

// How far it is, on a terminal only; gone when the review is printed.
class Progress {
 public:
  explicit Progress(std::size_t all) : all_(all), shown_(isatty(STDERR_FILENO) != 0) { show(); }
  ~Progress() {
    if (shown_) std::cerr << "\r\x1b[K" << std::flush;
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  pipeline::Observer observer() {
    return {{}, {}, [this](const model::CheckResult&) {
              const std::lock_guard lock(mutex_);
              ++done_;
              show();
            }};
  }

 private:
  void show() {
    if (shown_) std::cerr << "\r\x1b[K" << done_ << " of " << all_ << " checks done" << std::flush;
  }
  const std::size_t all_;
  const bool shown_;
  std::mutex mutex_;
  std::size_t done_ = 0;
};

struct Looked {
  pipeline::Report report;
  std::string config_error;
  bool nothing = false;  // no check fits what changed
};

Result<Looked> look(const WorkingTree& tree, const Wanted& wanted, const config::Config& config,
                    const std::string& scratch) {
  Looked looked;
  bool usual = false;
  const checks::ProjectView view{tree.files, changed_files(tree, wanted), [&](std::string_view path) {
                                   return usual && path == checks::kRepositoryConfig ? std::string()
                                                                                     : base_file(tree, path);
                                 }};
  const auto toolbox = tools_here(config);
  auto planned = checks::plan(view, toolbox, config);
  if (!planned) {
    looked.config_error = planned.error().message;
    usual = true;
    planned = checks::plan(view, toolbox, config);
  }
  if (!planned) return tl::unexpected<Error>(planned.error());
  if (!wanted.checks.empty())
    std::erase_if(*planned, [&](const checks::Check& check) {
      return std::find(wanted.checks.begin(), wanted.checks.end(), check.name) == wanted.checks.end();
    });
  looked.nothing = planned->empty();
  const pipeline::Workspace workspace{tree.directory, scratch, tree.diff, tree.directory + "/"};
  const int parallel = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  Progress progress(planned->size());
  looked.report = pipeline::run(*planned, workspace, checks::run_here, parallel, progress.observer(), {});
  return looked;
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

void print_review(const Looked& looked, const WorkingTree& tree, const teaching::LessonBook& book,
                  const config::Config& config) {
  if (looked.nothing) {
    std::cout << (tree.diff.files.empty() ? "Nothing differs from " + tree.base_name + ": there is nothing to check.\n"
                                          : "No check fits the files that changed.\n");
    if (!looked.config_error.empty()) std::cout << looked.config_error << "\n";
    return;
  }
  review::Facts facts;
  facts.stage = review::Facts::Stage::done;
  facts.checks = looked.report.checks;
  teaching::Options options;
  options.inline_cap = static_cast<int>(config.integer("teaching.inline_cap"));
  facts.teaching = teaching::teach(looked.report.findings, looked.report.checks, book, {}, options);
  facts.error_line = looked.config_error;
  facts.size = diff::size_of(tree.diff);
  std::cout << review::render_terminal(facts, output_colour());
}

int exit_code_of(const Looked& looked) {
  const auto any = [&](model::CheckState state) {
    return std::any_of(looked.report.checks.begin(), looked.report.checks.end(),
                       [&](const auto& check) { return check.state == state; });
  };
  if (any(model::CheckState::failed) || any(model::CheckState::attention) || any(model::CheckState::incomplete))
    return kAttention;
  return any(model::CheckState::errored) ? kUnavailable : kFine;
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
  GREENROOM_TRY(looked, look(tree, wanted, config, scratch.path()));
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
