#include "lib/work/project.h"

#include <fcntl.h>
#include <sys/file.h>

#include <filesystem>
#include <set>

#include "lib/base/fd.h"
#include "lib/git/checkout.h"
#include "lib/git/mirror.h"
#include "lib/git/repository.h"

namespace greenroom::work {
namespace {

// Two slots may want the same mirror at once; the second finds everything there.
Result<Fd> lock_of(const std::string& mirror) {
  Fd lock(open((mirror + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock || flock(lock.get(), LOCK_EX) != 0) return transient("cannot lock " + mirror);
  return lock;
}

Result<git::Repository> fetch(const model::Job& job, const Settings& settings) {
  const std::string folder = settings.directory + "/mirrors";
  std::filesystem::create_directories(folder);
  const std::string mirror = folder + "/" + to_string(job.repository) + ".git";
  GREENROOM_TRY(lock, lock_of(mirror));
  const git::FetchSource source{settings.git_root + "/" + std::to_string(job.host_repository_id) + ".git", "file", Secret()};
  GREENROOM_CHECK(git::fetch_commits(mirror, source, {job.head_sha, job.base_sha}));
  return git::Repository::open(mirror);
}

std::vector<std::string> changed_files(const diff::Diff& diff, const std::set<std::string>& regular) {
  std::vector<std::string> changed;
  for (const diff::File& file : diff.files)
    if (file.status != diff::File::Status::deleted && !file.submodule && !file.binary && regular.contains(file.new_path))
      changed.push_back(file.new_path);
  return changed;
}

std::string cut_at_line(const std::string& text) {
  if (text.size() <= kShownDiff) return text;
  const auto end = text.rfind('\n', kShownDiff - 1);
  return text.substr(0, end == std::string::npos ? 0 : end + 1);
}

Result<void> plan_checks(Project& project, const git::Repository& repository, const model::Job& job, const Settings& settings) {
  GREENROOM_TRY(entries, repository.tree(job.head_sha));
  checks::ProjectView view;
  std::set<std::string> regular;
  for (const git::TreeEntry& entry : entries) {
    view.files.push_back(entry.path);
    if (entry.kind == git::TreeEntry::Kind::file || entry.kind == git::TreeEntry::Kind::executable) regular.insert(entry.path);
  }
  view.changed = changed_files(project.workspace.diff, regular);
  view.base_file = [&](std::string_view path) {
    const auto content = repository.file(job.base_sha, path);
    return content && *content ? **content : std::string();
  };
  auto planned = checks::plan(view, settings.toolbox, settings.config);
  if (!planned && planned.error().kind == ErrorKind::user_fault) {
    project.config_error = planned.error().message;
    const auto whole = view.base_file;
    view.base_file = [&whole](std::string_view path) { return path == checks::kRepositoryConfig ? std::string() : whole(path); };
    planned = checks::plan(view, settings.toolbox, settings.config);
  }
  if (!planned) return tl::unexpected<Error>(planned.error());
  project.checks = std::move(*planned);
  return {};
}

}  // namespace

Result<Project> prepare(const model::Job& job, const Settings& settings, const std::string& slot_directory) {
  GREENROOM_TRY(repository, fetch(job, settings));
  Project project;
  GREENROOM_TRY(merge_base, repository.merge_base(job.base_sha, job.head_sha));
  project.merge_base = std::move(merge_base);
  GREENROOM_TRY(text, repository.diff(project.merge_base, job.head_sha));
  GREENROOM_TRY(parsed, diff::parse(text));
  project.workspace.diff = std::move(parsed);
  project.diff_text = cut_at_line(text);

  project.workspace.scratch = slot_directory + "/scratch";
  std::filesystem::create_directories(project.workspace.scratch);
  git::Checkout checkout(slot_directory + "/" + to_string(job.repository));
  GREENROOM_CHECK(checkout.move_to(repository, job.head_sha));
  project.workspace.directory = checkout.directory();
  GREENROOM_CHECK(plan_checks(project, repository, job, settings));
  return project;
}

}  // namespace greenroom::work
