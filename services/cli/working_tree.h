#pragma once
// A working tree as a change: what differs from the base branch, committed or not, new files included.

#include <optional>
#include <string>
#include <vector>

#include "lib/base/error.h"
#include "lib/diff/diff.h"

namespace greenroom::cli {

enum class Part {
  changed,  // from the merge base with the base branch to the files as they are
  staged,   // what is staged, against HEAD, as it would be committed
  whole,    // every line of every file
};

struct WorkingTree {
  std::string top;        // the repository's folder
  std::string directory;  // where the files to look at lie: `top`, or a copy of what is staged
  std::string base;       // commit whose configuration counts; empty: the files themselves
  std::string base_name;  // "origin/main", for people
  diff::Diff diff;
  std::vector<std::string> files;
};

// `from`: a folder in the tree. `base`: a ref, or empty for origin's default branch, main or master. `scratch`: a
// folder of ours. Runs git as the person; writes nothing into their repository.
// Errors: user_fault (no git repository, no such ref), transient.
Result<WorkingTree> read_working_tree(const std::string& from, const std::string& base, Part part,
                                      const std::string& scratch);

// A commit of the person's repository as a change, without touching the working tree: its files are written below
// `scratch`. `branch`: a local branch, or one of origin's. Errors: as read_working_tree.
Result<WorkingTree> read_branch(const std::string& from, const std::string& branch, const std::string& base,
                                const std::string& scratch);
// The same for anything that names a commit: a SHA, a tag, HEAD~1.
Result<WorkingTree> read_commit(const std::string& from, const std::string& commit, const std::string& base,
                                const std::string& scratch);

// Files that the change added or edited, and that are there.
std::vector<std::string> changed_files(const WorkingTree& tree);

// A file of the base branch; empty when it has none.
std::string base_file(const WorkingTree& tree, std::string_view path);

}  // namespace greenroom::cli
