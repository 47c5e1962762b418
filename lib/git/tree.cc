// Trees: one file of them, or all entries under limits.

#include <git2.h>

#include "lib/git/change_list.h"
#include "lib/git/library.h"
#include "lib/git/objects.h"

namespace greenroom::git {
namespace {

using OwnedBlob = Owned<git_blob, git_blob_free>;
using OwnedEntry = Owned<git_tree_entry, git_tree_entry_free>;

bool is_regular(const git_tree_entry* entry) {
  const auto mode = git_tree_entry_filemode(entry);
  return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

}  // namespace

Result<std::string> read_blob(git_repository* repository, const git_oid& id) {
  git_blob* raw = nullptr;
  const int code = git_blob_lookup(&raw, repository, &id);
  if (code != 0) return tl::unexpected(native_error(code, "blob " + to_sha(id)));
  const OwnedBlob blob(raw);
  return std::string(static_cast<const char*>(git_blob_rawcontent(raw)),
                     static_cast<std::size_t>(git_blob_rawsize(raw)));
}

Result<std::optional<std::string>> Repository::file(std::string_view sha, std::string_view path,
                                                    std::size_t max_bytes) const {
  using Answer = std::optional<std::string>;
  GREENROOM_TRY(tree, tree_of_commit(impl_->repository, sha));
  if (path.empty() || path.front() == '/' || path.find('\0') != std::string_view::npos) return Answer();
  git_tree_entry* raw = nullptr;
  const int code = git_tree_entry_bypath(&raw, tree.get(), std::string(path).c_str());
  if (code == GIT_ENOTFOUND) return Answer();
  if (code != 0) return tl::unexpected(native_error(code, "find file"));
  const OwnedEntry entry(raw);
  if (!is_regular(raw)) return Answer();
  const git_oid id = *git_tree_entry_id(raw);
  GREENROOM_TRY(size, size_of_blob(impl_->repository, id));
  if (size > max_bytes) {
    return user_fault("'" + std::string(path) + "' is larger than " + std::to_string(max_bytes) + " bytes");
  }
  GREENROOM_TRY(content, read_blob(impl_->repository, id));
  return Answer(std::move(content));
}

Result<std::vector<TreeEntry>> Repository::tree(std::string_view sha, const TreeLimits& limits) const {
  GREENROOM_TRY(commit, this->commit(sha));
  GREENROOM_TRY(changes, compare_trees(impl_->repository, "", {}, commit.tree, limits));
  return std::move(changes.write);
}

}  // namespace greenroom::git
