#include "tests/support/fake_github/diff.h"

#include <algorithm>
#include <set>

#include "lib/base/text.h"

namespace greenroom::testing::fake {
namespace {

constexpr int kContext = 3;
using Lines = std::vector<std::string_view>;

std::size_t common_front(const Lines& a, const Lines& b) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  return n;
}

void append(std::vector<DiffLine>& script, char sign, int& old_line, int& new_line, std::string_view text) {
  if (sign != '+') ++old_line;
  if (sign != '-') ++new_line;
  script.push_back({sign, sign == '+' ? 0 : old_line, sign == '-' ? 0 : new_line, std::string(text)});
}

// Every line of both, by the longest common subsequence: tests' files are short, and their edits shorter.
std::vector<DiffLine> script_between(std::string_view before, std::string_view after) {
  const Lines a = before.empty() ? Lines{} : split_lines(before), b = after.empty() ? Lines{} : split_lines(after);
  const std::size_t front = common_front(a, b);
  const std::size_t rows = a.size() - front, columns = b.size() - front;
  std::vector<std::vector<int>> best(rows + 1, std::vector<int>(columns + 1, 0));
  for (std::size_t i = rows; i-- > 0;)
    for (std::size_t j = columns; j-- > 0;)
      best[i][j] = a[front + i] == b[front + j] ? best[i + 1][j + 1] + 1 : std::max(best[i + 1][j], best[i][j + 1]);
  std::vector<DiffLine> script;
  int old_line = 0, new_line = 0;
  for (std::size_t n = 0; n < front; ++n) append(script, ' ', old_line, new_line, a[n]);
  std::size_t i = 0, j = 0;
  while (i < rows || j < columns) {
    if (i < rows && j < columns && a[front + i] == b[front + j]) {
      append(script, ' ', old_line, new_line, a[front + i++]);
      ++j;
    } else if (i < rows && (j == columns || best[i + 1][j] >= best[i][j + 1])) {
      append(script, '-', old_line, new_line, a[front + i++]);
    } else {
      append(script, '+', old_line, new_line, b[front + j++]);
    }
  }
  return script;
}

// An empty side begins at line 0, as in "@@ -0,0 +1,2 @@".
DiffHunk hunk_of(const std::vector<DiffLine>& script, std::size_t first, std::size_t last) {
  DiffHunk hunk;
  for (std::size_t n = first; n <= last; ++n) {
    const auto& line = script[n];
    if (line.sign != '+' && hunk.old_count++ == 0) hunk.old_start = line.old_line;
    if (line.sign != '-' && hunk.new_count++ == 0) hunk.new_start = line.new_line;
    hunk.lines.push_back(line);
  }
  return hunk;
}

}  // namespace

int FileChange::count(char sign) const {
  int found = 0;
  for (const auto& hunk : hunks)
    for (const auto& line : hunk.lines) found += line.sign == sign ? 1 : 0;
  return found;
}

std::vector<DiffHunk> hunks_between(std::string_view before, std::string_view after) {
  const auto script = script_between(before, after);
  std::vector<DiffHunk> hunks;
  std::size_t n = 0;
  while (n < script.size()) {
    if (script[n].sign == ' ') {
      ++n;
      continue;
    }
    const std::size_t first = n < kContext ? 0 : n - kContext;
    std::size_t last_changed = n;
    for (std::size_t m = n; m < script.size() && m <= last_changed + 2 * kContext + 1; ++m)
      if (script[m].sign != ' ') last_changed = m;
    const std::size_t last = std::min(script.size() - 1, last_changed + kContext);
    hunks.push_back(hunk_of(script, first, last));
    n = last + 1;
  }
  return hunks;
}

std::string patch_of(const std::vector<DiffHunk>& hunks) {
  std::string text;
  for (const auto& hunk : hunks) {
    const auto range = [](int start, int count) {
      return std::to_string(start) + (count == 1 ? "" : "," + std::to_string(count));
    };
    text += std::string(text.empty() ? "" : "\n") + "@@ -" + range(hunk.old_start, hunk.old_count) + " +" +
            range(hunk.new_start, hunk.new_count) + " @@";
    for (const auto& line : hunk.lines) text += std::string("\n") + line.sign + line.text;
  }
  return text;
}

int line_after(std::string_view before, std::string_view after, int line) {
  for (const auto& entry : script_between(before, after))
    if (entry.sign == ' ' && entry.old_line == line) return entry.new_line;
  return 0;
}

std::vector<FileChange> changes_of(const Repository& repository, const std::string& base_sha,
                                   const std::string& head_sha) {
  static const std::map<std::string, std::string> nothing;
  const std::string base = merge_base(repository, base_sha, head_sha);
  const auto& before = base.empty() ? nothing : repository.commits.at(base).files;
  const auto& after = repository.commits.at(head_sha).files;
  std::set<std::string> paths;
  for (const auto* files : {&before, &after})
    for (const auto& [path, content] : *files) paths.insert(path);
  std::vector<FileChange> changes;
  for (const auto& path : paths) {
    const auto was = before.find(path), is = after.find(path);
    if (was == before.end())
      changes.push_back({path, "added", hunks_between("", is->second)});
    else if (is == after.end())
      changes.push_back({path, "removed", hunks_between(was->second, "")});
    else if (was->second != is->second)
      changes.push_back({path, "modified", hunks_between(was->second, is->second)});
  }
  return changes;
}

std::string merge_base(const Repository& repository, const std::string& one, const std::string& other) {
  std::set<std::string> above;
  for (std::string at = one; repository.commits.contains(at); at = repository.commits.at(at).parent) above.insert(at);
  for (std::string at = other; repository.commits.contains(at); at = repository.commits.at(at).parent)
    if (above.contains(at)) return at;
  return "";
}

std::vector<std::string> commits_between(const Repository& repository, const std::string& base_sha,
                                         const std::string& head_sha) {
  const std::string base = merge_base(repository, base_sha, head_sha);
  std::vector<std::string> commits;
  for (std::string at = head_sha; at != base && repository.commits.contains(at); at = repository.commits.at(at).parent)
    commits.push_back(at);
  std::reverse(commits.begin(), commits.end());
  return commits;
}

}  // namespace greenroom::testing::fake
