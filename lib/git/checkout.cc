#include "lib/git/checkout.h"

#include <git2.h>

#include <filesystem>

#include "lib/git/change_list.h"
#include "lib/git/checkout_state.h"
#include "lib/git/library.h"
#include "lib/git/objects.h"
#include "lib/git/work_tree.h"

namespace greenroom::git {
namespace {

using Cancelled = std::function<bool()>;

Result<void> still_wanted(const Cancelled& cancelled) {
  if (cancelled && cancelled()) return transient("the checkout was cancelled");
  return {};
}

// Removes `state_file` first, so that a crash in the middle leaves a directory nobody believes in.
Result<void> apply(git_repository* repository, const ChangeList& changes, const std::string& state_file, WorkTree& tree,
                   const Cancelled& cancelled) {
  std::error_code error;
  std::filesystem::remove(state_file, error);
  if (error) return transient("remove '" + state_file + "': " + error.message());
  for (const auto& path : changes.remove) {
    GREENROOM_CHECK(still_wanted(cancelled));
    GREENROOM_CHECK(tree.remove(path));
  }
  for (const auto& entry : changes.write) {
    GREENROOM_CHECK(still_wanted(cancelled));
    std::string content;
    if (entry.kind != TreeEntry::Kind::submodule) {
      git_oid id;
      GREENROOM_CHECK(parse_sha(entry.blob, id));
      GREENROOM_TRY(bytes, read_blob(repository, id));
      content = std::move(bytes);
    }
    GREENROOM_CHECK(tree.write(entry, content));
  }
  return {};
}

Result<TreeTotals> write_difference(git_repository* repository, const CheckoutState& from, const std::string& to,
                                    const TreeLimits& limits, const std::string& state_file, WorkTree& tree,
                                    const Cancelled& cancelled) {
  GREENROOM_TRY(changes, compare_trees(repository, from.tree, from.totals, to, limits));
  GREENROOM_CHECK(apply(repository, changes, state_file, tree, cancelled));
  return changes.totals;
}

Result<TreeTotals> write_anew(git_repository* repository, const std::string& to, const TreeLimits& limits,
                              const std::string& state_file, WorkTree& tree, const Cancelled& cancelled) {
  GREENROOM_TRY(changes, compare_trees(repository, "", {}, to, limits));  // all limits, before anything is touched
  GREENROOM_CHECK(tree.clear());
  GREENROOM_CHECK(apply(repository, changes, state_file, tree, cancelled));
  return changes.totals;
}

}  // namespace

Checkout::Checkout(std::string directory) : directory_(std::move(directory)) {}

Result<void> Checkout::move_to(const Repository& repository, std::string_view sha, const TreeLimits& limits,
                               const Cancelled& cancelled) {
  git_repository* objects = repository.impl_->repository;
  const std::string state_file = directory_ + ".state";
  GREENROOM_TRY(commit, repository.commit(sha));
  GREENROOM_TRY(tree, WorkTree::open(directory_));
  const auto state = load_state(state_file);
  const bool believed = state && state->identity == tree.identity();
  Result<TreeTotals> totals = tl::unexpected(Error{});
  if (believed) totals = write_difference(objects, *state, commit.tree, limits, state_file, tree, cancelled);
  // A wrong tree is wrong either way; anything else (objects gone, a file in the way) is cured by starting over.
  if (!believed || (!totals && totals.error().kind != ErrorKind::user_fault)) {
    GREENROOM_CHECK(still_wanted(cancelled));
    totals = write_anew(objects, commit.tree, limits, state_file, tree, cancelled);
  }
  if (!totals) return pass(std::move(totals).error(), "check out " + std::string(sha));
  return save_state(state_file, {commit.tree, *totals, tree.identity()});
}

}  // namespace greenroom::git
