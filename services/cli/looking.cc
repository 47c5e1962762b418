#include "services/cli/looking.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <mutex>
#include <thread>

#include "lib/review/review.h"
#include "services/cli/command.h"
#include "services/cli/terminal.h"

namespace greenroom::cli {
namespace {

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

}  // namespace

Result<Looked> look(const WorkingTree& tree, std::vector<std::string> changed, const std::vector<std::string>& only,
                    const Bench& bench, const config::Config& config) {
  Looked looked;
  bool usual = false;
  const checks::ProjectView view{tree.files, std::move(changed), [&](std::string_view path) {
                                   return usual && path == checks::kRepositoryConfig ? std::string()
                                                                                     : base_file(tree, path);
                                 }};
  auto planned = checks::plan(view, bench.toolbox, config);
  if (!planned) {
    looked.config_error = planned.error().message;
    usual = true;
    planned = checks::plan(view, bench.toolbox, config);
  }
  if (!planned) return tl::unexpected<Error>(planned.error());
  if (!only.empty())
    std::erase_if(*planned, [&](const checks::Check& check) {
      return std::find(only.begin(), only.end(), check.name) == only.end();
    });
  looked.nothing = planned->empty();
  const pipeline::Workspace workspace{tree.directory, bench.scratch, tree.diff, bench.seen_as};
  const int parallel = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  Progress progress(planned->size());
  looked.report = pipeline::run(*planned, workspace, bench.execute, parallel, progress.observer(), {});
  return looked;
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

}  // namespace greenroom::cli
