#pragma once
// Inside of lib/git only: how many files and folders a tree names, before anything walks them one by one. Twelve
// objects can name ten thousand million files: every tree object is read and counted once, however often it is named.

#include <initializer_list>

#include "lib/base/error.h"
#include "lib/git/repository.h"

struct git_repository;
struct git_tree;

namespace greenroom::git {

// For all of the trees, each by itself. Errors: user_fault when one names more than `limits.entries`, or they lie
// deeper than `limits.depth`; not_found (an object is missing), transient.
Result<void> check_entry_counts(git_repository* repository, std::initializer_list<const git_tree*> trees,
                                const TreeLimits& limits);

}  // namespace greenroom::git
