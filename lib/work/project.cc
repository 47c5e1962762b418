#include "lib/work/project.h"

#include <algorithm>
#include <set>

#include "lib/git/checkout.h"
#include "lib/git/mirror.h"
#include "lib/git/repository.h"
#include "lib/work/crash_point.h"
#include "lib/work/environment_step.h"

namespace greenroom::work {
namespace {

// Two slots may want the same mirror at once: fetch_commits lets one in at a time.
Result<git::Repository> fetch(const model::Job& job, const Settings& settings, const git::FindSource& source,
                              const std::function<bool()>& cancelled) {
  const std::string folder = settings.directory + "/mirrors";
  GREENROOM_CHECK(make_directory(folder));
  const std::string mirror = folder + "/" + to_string(job.repository) + ".git";
  git::FetchLimits limits;
  limits.cancelled = cancelled;
  GREENROOM_CHECK(git::fetch_commits(mirror, source, {job.head_sha, job.base_sha}, limits));
  return git::Repository::open(mirror);
}

std::string cut_at_line(const std::string& text) {
  if (text.size() <= kShownDiff) return text;
  const auto end = text.rfind('\n', kShownDiff - 1);
  return text.substr(0, end == std::string::npos ? 0 : end + 1);
}

Result<void> read_diff(Project& project, const git::Repository& repository, const model::Job& job) {
  auto merge_base = repository.merge_base(job.base_sha, job.head_sha);
  if (!merge_base && merge_base.error().kind == ErrorKind::not_found) {
    return user_fault(
        "this branch and the branch it should go into have no commit in common: start it from that branch");
  }
  if (!merge_base) return tl::unexpected<Error>(std::move(merge_base).error());
  project.merge_base = std::move(*merge_base);
  GREENROOM_TRY(text, repository.diff(project.merge_base, job.head_sha));
  GREENROOM_TRY(parsed, diff::parse(text));
  project.workspace.diff = std::move(parsed);
  project.diff_text = cut_at_line(text);
  return {};
}

bool is_regular(const git::TreeEntry& entry) {
  return entry.kind == git::TreeEntry::Kind::file || entry.kind == git::TreeEntry::Kind::executable;
}

std::vector<std::string> changed_files(const diff::Diff& diff, const std::set<std::string>& regular) {
  std::vector<std::string> changed;
  for (const diff::File& file : diff.files) {
    const bool readable = file.status != diff::File::Status::deleted && !file.submodule && !file.binary;
    if (readable && regular.contains(file.new_path)) changed.push_back(file.new_path);
  }
  return changed;
}

// Reads files of the base branch for the planner, and keeps the first error that it met.
class BaseFiles {
 public:
  BaseFiles(const git::Repository& repository, const std::string& sha) : repository_(repository), sha_(sha) {}
  std::string read(std::string_view path) {
    auto content = repository_.file(sha_, path);
    if (!content) {
      if (!error_) error_ = std::move(content).error().within(path);
      return {};
    }
    return *content ? **content : std::string();
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  const git::Repository& repository_;
  const std::string& sha_;
  std::optional<Error> error_;
};

// A project whose own configuration is wrong is told so, and gets the usual checks.
Result<std::vector<checks::Check>> plan_without_config(checks::ProjectView view, const Settings& settings) {
  view.base_file = [whole = view.base_file](std::string_view path) {
    return path == checks::kRepositoryConfig ? std::string() : whole(path);
  };
  return checks::plan(view, settings.toolbox, settings.config);
}

std::optional<int> lowered_cap(const checks::ProjectView& view, const config::Config& operators) {
  const auto settings = checks::repository_settings(view, operators);
  if (!settings) return std::nullopt;  // plan() has said what is wrong
  const auto wanted = settings->integer("teaching.inline_cap");
  if (wanted >= operators.integer("teaching.inline_cap")) return std::nullopt;
  return static_cast<int>(wanted);
}

// What the tests import, as the base branch asks for it. Errors: user_fault, when its lock cannot be read; and git's.
Result<std::optional<checks::Chosen>> choose_environment(const checks::ProjectView& view,
                                                         const git::Repository& repository, const model::Job& job,
                                                         const Settings& settings) {
  GREENROOM_TRY(own, checks::repository_settings(view, settings.config));
  GREENROOM_TRY(entries, repository.tree(job.base_sha));
  std::vector<std::string> files;
  for (const git::TreeEntry& entry : entries)
    if (is_regular(entry)) files.push_back(entry.path);
  GREENROOM_TRY(chosen, checks::choose_environment(files, view.base_file, own));
  const bool none = chosen && chosen->plan.network && settings.config.text("environments.index").empty();
  return none ? std::nullopt : std::move(chosen);
}

// Before the checks that need it, where any does. A lock that cannot be read is a note for the maintainers.
Result<void> plan_environment(Project& project, const checks::ProjectView& view, const git::Repository& repository,
                              const model::Job& job, const Settings& settings) {
  if (std::none_of(project.checks.begin(), project.checks.end(), environment::concerns)) return {};
  auto chosen = choose_environment(view, repository, job, settings);
  if (!chosen && chosen.error().kind != ErrorKind::user_fault) return tl::unexpected<Error>(std::move(chosen).error());
  if (!chosen && project.config_error.empty()) project.config_error = chosen.error().message;
  if (!chosen || !*chosen) return {};
  project.environment = std::move(*chosen);
  project.checks.insert(project.checks.begin(), environment_check(project.environment->plan));
  return {};
}

Result<void> plan_checks(Project& project, const git::Repository& repository, const model::Job& job,
                         const Settings& settings) {
  GREENROOM_TRY(entries, repository.tree(job.head_sha));
  checks::ProjectView view;
  std::set<std::string> regular;
  for (const git::TreeEntry& entry : entries) {
    view.files.push_back(entry.path);
    if (is_regular(entry)) regular.insert(entry.path);
  }
  view.changed = changed_files(project.workspace.diff, regular);
  BaseFiles base(repository, job.base_sha);
  view.base_file = [&base](std::string_view path) { return base.read(path); };
  auto planned = checks::plan(view, settings.toolbox, settings.config);
  std::optional<Error> wrong = planned ? base.error() : std::optional(planned.error());
  if (wrong && wrong->kind != ErrorKind::user_fault) return tl::unexpected<Error>(std::move(*wrong));
  if (wrong) project.config_error = wrong->message;
  if (!wrong) project.inline_cap = lowered_cap(view, settings.config);
  if (!planned) planned = plan_without_config(view, settings);
  if (!planned) return tl::unexpected<Error>(std::move(planned).error());
  project.checks = std::move(*planned);
  GREENROOM_CHECK(plan_environment(project, view, repository, job, settings));
  if (base.error() && base.error()->kind != ErrorKind::user_fault) return tl::unexpected<Error>(*base.error());
  return {};
}

}  // namespace

Result<Project> prepare(const model::Job& job, const Settings& settings, const SlotDirectory& slot,
                        const git::FindSource& source, const std::function<bool()>& cancelled) {
  GREENROOM_TRY(repository, fetch(job, settings, source, cancelled));
  crash_point("fetched");
  Project project;
  GREENROOM_CHECK(read_diff(project, repository, job));
  project.workspace.scratch = slot.scratch();
  git::Checkout checkout(slot.path() + "/" + to_string(job.repository));
  GREENROOM_CHECK(checkout.move_to(repository, job.head_sha, {}, cancelled));
  project.workspace.directory = checkout.directory();
  GREENROOM_CHECK(plan_checks(project, repository, job, settings));
  return project;
}

}  // namespace greenroom::work
