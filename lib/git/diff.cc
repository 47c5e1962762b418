// The unified diff of two commits' trees, through libgit2: no external diff program, no text conversion.

#include <git2.h>

#include "lib/git/entry_count.h"
#include "lib/git/library.h"
#include "lib/git/objects.h"

namespace greenroom::git {
namespace {

using OwnedDiff = Owned<git_diff, git_diff_free>;

// libgit2's cost grows with the product of candidates: 200 by 200 stays well under a second.
constexpr std::size_t kRenameCandidates = 200;
// A blob above this is shown as binary instead of being compared line by line.
constexpr git_off_t kTextBytes = 8 << 20;

// Counted while libgit2 walks, before it remembers them.
struct Counted {
  std::size_t files = 0, limit = 0;
};

int count_file(const git_diff*, const git_diff_delta*, const char*, void* payload) {
  auto& counted = *static_cast<Counted*>(payload);
  return ++counted.files > counted.limit ? GIT_EUSER : 0;
}

struct Printed {
  std::string text;
  std::size_t limit;
};

int print_line(const git_diff_delta*, const git_diff_hunk*, const git_diff_line* line, void* payload) {
  auto& printed = *static_cast<Printed*>(payload);
  const bool content = line->origin == GIT_DIFF_LINE_CONTEXT || line->origin == GIT_DIFF_LINE_ADDITION ||
                       line->origin == GIT_DIFF_LINE_DELETION;
  if (printed.text.size() + line->content_len + 1 > printed.limit) return GIT_EUSER;
  if (content) printed.text += line->origin;
  printed.text.append(line->content, line->content_len);
  return 0;
}

Result<OwnedDiff> compare(git_repository* repository, git_tree* from, git_tree* to, std::size_t max_files) {
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.context_lines = 3;
  options.max_size = kTextBytes;
  options.flags = GIT_DIFF_INDENT_HEURISTIC;
  Counted counted{0, max_files};
  options.notify_cb = count_file;
  options.payload = &counted;
  git_diff* diff = nullptr;
  const int code = git_diff_tree_to_tree(&diff, repository, from, to, &options);
  if (code == GIT_EUSER)
    return user_fault("the change touches more than " + std::to_string(max_files) +
                      " files; split the change into smaller ones");
  if (code != 0) return tl::unexpected(native_error(code, "diff"));
  return OwnedDiff(diff);
}

Result<void> find_renames(git_diff* diff) {
  git_diff_find_options options = GIT_DIFF_FIND_OPTIONS_INIT;
  options.flags = GIT_DIFF_FIND_RENAMES;
  options.rename_limit = kRenameCandidates;
  const int code = git_diff_find_similar(diff, &options);
  if (code != 0) return tl::unexpected(native_error(code, "find renames"));
  return {};
}

}  // namespace

Result<std::string> Repository::diff(std::string_view from_sha, std::string_view to_sha, std::size_t max_bytes,
                                     std::size_t max_files) const {
  GREENROOM_TRY(from, tree_of_commit(impl_->repository, from_sha));
  GREENROOM_TRY(to, tree_of_commit(impl_->repository, to_sha));
  // libgit2 walks every folder of both, also of what they have in common.
  GREENROOM_CHECK(check_entry_counts(impl_->repository, {from.get(), to.get()}, TreeLimits{}));
  GREENROOM_TRY(diff, compare(impl_->repository, from.get(), to.get(), max_files));
  GREENROOM_CHECK(find_renames(diff.get()));
  Printed printed{{}, max_bytes};
  const int code = git_diff_print(diff.get(), GIT_DIFF_FORMAT_PATCH, print_line, &printed);
  if (code == GIT_EUSER) {
    return user_fault("the change's diff is larger than " + std::to_string(max_bytes) +
                      " bytes; split the change into smaller ones");
  }
  if (code != 0) return tl::unexpected(native_error(code, "print diff"));
  return std::move(printed.text);
}

}  // namespace greenroom::git
