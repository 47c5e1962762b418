#include "lib/git/objects.h"

#include <git2.h>

#include "lib/git/library.h"

namespace greenroom::git {

void free_commit(git_commit* commit) { git_commit_free(commit); }
void free_tree(git_tree* tree) { git_tree_free(tree); }

Result<void> parse_sha(std::string_view sha, git_oid& id) {
  if (!is_sha(sha) || git_oid_fromstrn(&id, sha.data(), sha.size()) != 0) return bug("not an object id");
  return {};
}

std::string to_sha(const git_oid& id) {
  std::string text(GIT_OID_HEXSZ, '0');
  git_oid_fmt(text.data(), &id);
  return text;
}

Result<OwnedCommit> find_commit(git_repository* repository, std::string_view sha) {
  git_oid id;
  GREENROOM_CHECK(parse_sha(sha, id));
  git_commit* commit = nullptr;
  const int code = git_commit_lookup(&commit, repository, &id);
  if (code != 0) return tl::unexpected(native_error(code, "commit " + std::string(sha)));
  return OwnedCommit(commit);
}

Result<OwnedTree> find_tree(git_repository* repository, const git_oid& id) {
  git_tree* tree = nullptr;
  const int code = git_tree_lookup(&tree, repository, &id);
  if (code != 0) return tl::unexpected(native_error(code, "tree " + to_sha(id)));
  return OwnedTree(tree);
}

Result<OwnedTree> tree_of_commit(git_repository* repository, std::string_view sha) {
  GREENROOM_TRY(commit, find_commit(repository, sha));
  return find_tree(repository, *git_commit_tree_id(commit.get()));
}

Result<std::uint64_t> size_of_blob(git_repository* repository, const git_oid& id) {
  git_odb* raw = nullptr;
  int code = git_repository_odb(&raw, repository);
  const Owned<git_odb, git_odb_free> database(raw);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (code == 0) code = git_odb_read_header(&size, &type, raw, &id);
  if (code != 0) return tl::unexpected(native_error(code, "blob " + to_sha(id)));
  if (type != GIT_OBJECT_BLOB) return not_found("object " + to_sha(id) + " is not a file");
  return size;
}

}  // namespace greenroom::git
