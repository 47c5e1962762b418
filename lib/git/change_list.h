#pragma once
// What must change on disk to turn one tree into another. Trees are hostile: names are checked and everything is
// counted here, before a single file is written. Subtrees that both have in common are not even read.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/git/repository.h"

struct git_oid;
struct git_repository;

namespace greenroom::git {

struct TreeTotals {
  std::uint64_t entries = 0;  // files, symlinks, submodules and folders
  std::uint64_t bytes = 0;    // of the files' contents
};

struct ChangeList {
  std::vector<std::string> remove;  // paths of files or whole directories
  std::vector<TreeEntry> write;     // new or different, depth first; replaces a file of that name
  TreeTotals totals;                // of the new tree
};

// From the tree `old_tree` ("" for an empty directory), whose totals are known, to `new_tree`; both in hexadecimal.
// Errors: user_fault (a limit, a hostile name), not_found (an object is missing), transient.
Result<ChangeList> compare_trees(git_repository* repository, std::string_view old_tree, const TreeTotals& old_totals,
                                 std::string_view new_tree, const TreeLimits& limits);

// The whole content of a file. Errors: not_found, transient.
Result<std::string> read_blob(git_repository* repository, const git_oid& id);

}  // namespace greenroom::git
