#pragma once
// Reading a bare repository through libgit2, without running anything of it. libgit2's header stays in this folder's
// .cc files. Objects are looked up by 40-digit hex SHA only; no ref name ever becomes a path or an argument.
// A Repository is used by one thread at a time; open one per thread (opening costs about a millisecond).

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::git {

bool is_sha(std::string_view text);  // exactly 40 lower-case hex digits

struct TreeEntry {
  std::string path;  // relative, '/'-separated, raw bytes
  std::string blob;  // hex
  std::uint64_t size = 0;
  enum class Kind { file, executable, symlink, submodule } kind = Kind::file;
};

struct TreeLimits {
  std::size_t entries = 200'000;
  std::uint64_t bytes = 2ull << 30;         // of all files together
  std::uint64_t file_bytes = 256ull << 20;  // of one file: it is held in memory while it is written
  std::size_t path_bytes = 4096;
  int depth = 64;
};

struct Commit {
  std::string sha, tree;
  std::string author_name, author_email, message;
  std::int64_t time = 0;  // seconds since the epoch
};

class Repository {
 public:
  // Errors: not_found (no repository there), transient.
  static Result<Repository> open(const std::string& path);
  Repository(Repository&&) noexcept;
  Repository& operator=(Repository&&) noexcept;
  ~Repository();

  bool has_commit(std::string_view sha) const;
  Result<Commit> commit(std::string_view sha) const;
  // Errors: not_found when the two have no common ancestor or one is missing.
  Result<std::string> merge_base(std::string_view a, std::string_view b) const;
  Result<bool> is_ancestor(std::string_view ancestor, std::string_view descendant) const;

  // Unified diff, git format, 3 context lines, renames found (bounded), between two commits' trees.
  // user_fault when it is larger than `max_bytes` or touches more files: the message says so and what to do.
  Result<std::string> diff(std::string_view from_sha, std::string_view to_sha, std::size_t max_bytes = 16u << 20,
                           std::size_t max_files = 20'000) const;

  // Content of one file at a commit; nullopt when there is no such file or it is not a regular file.
  Result<std::optional<std::string>> file(std::string_view sha, std::string_view path,
                                          std::size_t max_bytes = 4u << 20) const;
  // Every entry of the commit's tree, depth first. user_fault when a limit is passed, BEFORE anything is written.
  Result<std::vector<TreeEntry>> tree(std::string_view sha, const TreeLimits& limits = {}) const;

  struct Ref {
    std::string name;  // "refs/heads/main"
    std::string sha;
  };
  Result<std::vector<Ref>> branches() const;

 private:
  friend class Checkout;
  struct Impl;
  explicit Repository(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace greenroom::git
