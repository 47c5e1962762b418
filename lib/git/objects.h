#pragma once
// Object ids and look-ups that more than one file of this room needs.

#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/base/fd.h"

struct git_commit;
struct git_oid;
struct git_repository;
struct git_tree;

namespace greenroom::git {

void free_commit(git_commit* commit);
void free_tree(git_tree* tree);
using OwnedCommit = Owned<git_commit, free_commit>;
using OwnedTree = Owned<git_tree, free_tree>;

// Errors: bug when `sha` is not 40 hexadecimal digits.
Result<void> parse_sha(std::string_view sha, git_oid& id);
std::string to_sha(const git_oid& id);

// Errors: not_found when the object is missing or of another type, transient.
Result<OwnedCommit> find_commit(git_repository* repository, std::string_view sha);
Result<OwnedTree> find_tree(git_repository* repository, const git_oid& id);
Result<OwnedTree> tree_of_commit(git_repository* repository, std::string_view sha);
// Without reading the content. Errors: not_found, transient.
Result<std::uint64_t> size_of_blob(git_repository* repository, const git_oid& id);

}  // namespace greenroom::git
