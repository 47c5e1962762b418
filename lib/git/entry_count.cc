#include "lib/git/entry_count.h"

#include <git2.h>

#include <algorithm>
#include <map>
#include <string>

#include "lib/git/objects.h"

namespace greenroom::git {
namespace {

class Counter {
 public:
  Counter(git_repository* repository, const TreeLimits& limits) : repository_(repository), limits_(limits) {}

  // Never more than one above the limit: the sum of what cannot be added up ends there.
  Result<std::size_t> below(const git_tree* tree, int depth) {
    if (depth > limits_.depth)
      return user_fault("the tree is deeper than " + std::to_string(limits_.depth) + " folders");
    const std::string id = to_sha(*git_tree_id(tree));
    if (const auto known = known_.find(id); known != known_.end()) return known->second;
    std::size_t count = git_tree_entrycount(tree);
    for (std::size_t i = 0; i < git_tree_entrycount(tree) && count <= limits_.entries; ++i) {
      const git_tree_entry* entry = git_tree_entry_byindex(tree, i);
      if (git_tree_entry_filemode(entry) != GIT_FILEMODE_TREE) continue;
      GREENROOM_TRY(inner, find_tree(repository_, *git_tree_entry_id(entry)));
      GREENROOM_TRY(more, below(inner.get(), depth + 1));
      count += more;
    }
    return known_[id] = std::min(count, limits_.entries + 1);
  }

 private:
  git_repository* repository_;
  const TreeLimits& limits_;
  std::map<std::string, std::size_t, std::less<>> known_;
};

}  // namespace

Result<void> check_entry_counts(git_repository* repository, std::initializer_list<const git_tree*> trees,
                                const TreeLimits& limits) {
  Counter counter(repository, limits);
  for (const git_tree* tree : trees) {
    GREENROOM_TRY(count, counter.below(tree, 0));
    if (count > limits.entries)
      return user_fault("the tree has more than " + std::to_string(limits.entries) + " files and folders");
  }
  return {};
}

}  // namespace greenroom::git
