#pragma once
// Inside of fake_github, and of fake_gitlab for hunks alone: what lies between the files of two commits, as `git diff`
// would say it. Pure.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/fake_github/state.h"

namespace greenroom::testing::fake {

struct DiffLine {
  char sign;                       // ' ', '+' or '-'
  int old_line = 0, new_line = 0;  // 0: not there
  std::string text;
};
struct DiffHunk {
  int old_start = 0, old_count = 0, new_start = 0, new_count = 0;
  std::vector<DiffLine> lines;
};
struct FileChange {
  std::string path, status;  // "added", "modified", "removed"
  std::vector<DiffHunk> hunks;
  int count(char sign) const;
};

std::vector<DiffHunk> hunks_between(std::string_view before, std::string_view after);
std::string patch_of(const std::vector<DiffHunk>& hunks);  // without the file's head, as REST gives it
// Where the line went; 0 when it was changed or removed.
int line_after(std::string_view before, std::string_view after, int line);

// What a head changes since it left its base branch.
std::vector<FileChange> changes_of(const Repository& repository, const std::string& base_sha,
                                   const std::string& head_sha);
std::string merge_base(const Repository& repository, const std::string& one, const std::string& other);
// From the merge base to the head, oldest first.
std::vector<std::string> commits_between(const Repository& repository, const std::string& base_sha,
                                         const std::string& head_sha);

}  // namespace greenroom::testing::fake
