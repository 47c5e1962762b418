#include "lib/git/repository.h"

#include <git2.h>

#include "lib/git/library.h"
#include "lib/git/objects.h"

namespace greenroom::git {
namespace {

using OwnedReference = Owned<git_reference, git_reference_free>;
using OwnedIterator = Owned<git_reference_iterator, git_reference_iterator_free>;

std::string text_of(const char* text) { return text == nullptr ? std::string() : std::string(text); }

}  // namespace

Repository::Repository(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Repository::Repository(Repository&&) noexcept = default;
Repository& Repository::operator=(Repository&&) noexcept = default;
Repository::~Repository() = default;

Result<Repository> Repository::open(const std::string& path) {
  start_libgit2();
  auto impl = std::make_unique<Impl>();
  const int code = git_repository_open_ext(&impl->repository, path.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  if (code != 0) return tl::unexpected(native_error(code, "open repository " + path));
  return Repository(std::move(impl));
}

bool Repository::has_commit(std::string_view sha) const {
  return is_sha(sha) && find_commit(impl_->repository, sha).has_value();
}

Result<Commit> Repository::commit(std::string_view sha) const {
  GREENROOM_TRY(found, find_commit(impl_->repository, sha));
  const git_signature* author = git_commit_author(found.get());
  Commit commit;
  commit.sha = std::string(sha);
  commit.tree = to_sha(*git_commit_tree_id(found.get()));
  commit.author_name = text_of(author->name);
  commit.author_email = text_of(author->email);
  commit.message = text_of(git_commit_message(found.get()));
  commit.time = git_commit_time(found.get());
  return commit;
}

Result<std::string> Repository::merge_base(std::string_view a, std::string_view b) const {
  // Looked up first: libgit2 gives no kind to the failure when one is missing.
  GREENROOM_CHECK(find_commit(impl_->repository, a).map([](const auto&) {}));
  GREENROOM_CHECK(find_commit(impl_->repository, b).map([](const auto&) {}));
  git_oid one, two, base;
  GREENROOM_CHECK(parse_sha(a, one));
  GREENROOM_CHECK(parse_sha(b, two));
  const int code = git_merge_base(&base, impl_->repository, &one, &two);
  if (code != 0) return tl::unexpected(native_error(code, "merge base"));
  return to_sha(base);
}

Result<bool> Repository::is_ancestor(std::string_view ancestor, std::string_view descendant) const {
  // Looked up first: libgit2 answers "no" for some ids that it does not have.
  GREENROOM_CHECK(find_commit(impl_->repository, ancestor).map([](const auto&) {}));
  GREENROOM_CHECK(find_commit(impl_->repository, descendant).map([](const auto&) {}));
  if (ancestor == descendant) return true;
  git_oid older, newer;
  GREENROOM_CHECK(parse_sha(ancestor, older));
  GREENROOM_CHECK(parse_sha(descendant, newer));
  const int code = git_graph_descendant_of(impl_->repository, &newer, &older);
  if (code < 0) return tl::unexpected(native_error(code, "ancestry"));
  return code == 1;
}

Result<std::vector<Repository::Ref>> Repository::branches() const {
  git_reference_iterator* raw = nullptr;
  int code = git_reference_iterator_glob_new(&raw, impl_->repository, "refs/heads/*");
  if (code != 0) return tl::unexpected(native_error(code, "branches"));
  const OwnedIterator iterator(raw);
  std::vector<Ref> branches;
  git_reference* next = nullptr;
  while ((code = git_reference_next(&next, iterator.get())) == 0) {
    const OwnedReference reference(next);
    if (const git_oid* target = git_reference_target(reference.get())) {
      branches.push_back({git_reference_name(reference.get()), to_sha(*target)});
    }
  }
  if (code != GIT_ITEROVER) return tl::unexpected(native_error(code, "branches"));
  return branches;
}

}  // namespace greenroom::git
