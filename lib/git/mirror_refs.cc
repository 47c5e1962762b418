#include "lib/git/mirror_refs.h"

#include <git2.h>

#include <algorithm>

#include "lib/git/library.h"
#include "lib/git/objects.h"

namespace greenroom::git {
namespace {

using OwnedRepository = Owned<git_repository, git_repository_free>;
using OwnedReference = Owned<git_reference, git_reference_free>;

constexpr std::string_view kPrefix = "refs/greenroom/";

Result<OwnedRepository> open_mirror(const std::string& directory) {
  start_libgit2();
  git_repository* repository = nullptr;
  const int code = git_repository_open_bare(&repository, directory.c_str());
  if (code != 0) return tl::unexpected(native_error(code, "open mirror " + directory));
  return OwnedRepository(repository);
}

bool has_keeper(git_repository* repository, const std::string& sha) {
  git_oid id;
  return git_reference_name_to_id(&id, repository, keeper_of(sha).c_str()) == 0 &&
         find_commit(repository, sha).has_value();
}

struct Kept {
  git_time_t time;
  std::string name;
};

int collect(const char* name, void* payload) {
  static_cast<std::vector<std::string>*>(payload)->emplace_back(name);
  return 0;
}

Result<std::vector<std::string>> all_keepers(git_repository* repository) {
  std::vector<std::string> names;
  const int code = git_reference_foreach_glob(repository, "refs/greenroom/*", collect, &names);
  if (code != 0) return tl::unexpected(native_error(code, "list fetched commits"));
  return names;
}

std::vector<Kept> oldest_first(git_repository* repository, const std::vector<std::string>& names) {
  std::vector<Kept> kept;
  for (const auto& name : names) {
    const auto commit = find_commit(repository, std::string_view(name).substr(kPrefix.size()));
    kept.push_back({commit ? git_commit_time(commit->get()) : 0, name});
  }
  std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) { return a.time < b.time; });
  return kept;
}

}  // namespace

std::string keeper_of(std::string_view sha) { return std::string(kPrefix) + std::string(sha); }

Result<void> make_mirror(const std::string& directory) {
  if (open_mirror(directory)) return {};
  git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
  options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKDIR | GIT_REPOSITORY_INIT_MKPATH;
  git_repository* repository = nullptr;
  const int code = git_repository_init_ext(&repository, directory.c_str(), &options);
  if (code != 0) return tl::unexpected(native_error(code, "make mirror " + directory));
  git_repository_free(repository);
  return {};
}

Result<std::vector<std::string>> missing_commits(const std::string& directory, const std::vector<std::string>& shas) {
  GREENROOM_TRY(mirror, open_mirror(directory));
  std::vector<std::string> missing;
  for (const auto& sha : shas) {
    if (!has_keeper(mirror.get(), sha)) missing.push_back(sha);
  }
  return missing;
}

Result<void> forget_oldest(const std::string& directory, std::size_t most, const std::vector<std::string>& keep) {
  GREENROOM_TRY(mirror, open_mirror(directory));
  GREENROOM_TRY(names, all_keepers(mirror.get()));
  if (names.size() <= most) return {};
  std::size_t surplus = names.size() - most;
  for (const auto& kept : oldest_first(mirror.get(), names)) {
    if (surplus == 0) break;
    const auto is_this = [&kept](const std::string& sha) { return keeper_of(sha) == kept.name; };
    if (std::any_of(keep.begin(), keep.end(), is_this)) continue;
    const int code = git_reference_remove(mirror.get(), kept.name.c_str());
    if (code != 0) return tl::unexpected(native_error(code, "forget " + kept.name));
    --surplus;
  }
  return {};
}

}  // namespace greenroom::git
