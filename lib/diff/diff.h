#pragma once
// The change as lines: parses a unified git diff by its hunks' counts (never by prefixes) and answers where a head
// line lies. Pure. Input is hostile: bounded, never throws.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::diff {

struct Line {
  enum class Kind { context, added, removed } kind = Kind::context;
  std::string text;         // without '\n'; a '\r' stays
  int old_line = 0;         // 0 for added
  int new_line = 0;         // 0 for removed
  bool no_newline = false;  // "\ No newline at end of file" followed
};

struct Hunk {
  int old_start = 0, old_count = 0, new_start = 0, new_count = 0;
  std::string section;  // text after the second @@
  std::vector<Line> lines;
};

struct File {
  enum class Status { added, modified, deleted, renamed, copied, mode_only } status = Status::modified;
  std::string old_path, new_path;  // raw bytes, unquoted; old_path empty when added, new_path when deleted
  bool binary = false;
  bool submodule = false;
  std::string old_mode, new_mode;
  std::vector<Hunk> hunks;
};

struct Diff {
  std::vector<File> files;
  // The file by its head path; nullptr when the change does not touch it.
  const File* find(std::string_view new_path) const;
};

// Errors: user_fault naming the line of the diff that cannot be right.
Result<Diff> parse(std::string_view text);

enum class LineSide { author, context, outside };

// Where head line `line` of the file lies: on an added line, on context inside a hunk, or in no hunk.
LineSide side_of(const File& file, int line);
// The hunk that holds head line `line`, or nullptr.
const Hunk* hunk_at(const File& file, int line);
// Head line → base line for lines outside and inside hunks; nullopt for added lines.
std::optional<int> base_line(const File& file, int head_line);
// Base line → head line; nullopt for removed lines.
std::optional<int> head_line(const File& file, int base_line);

struct Size {
  int files = 0, added = 0, removed = 0;
};
Size size_of(const Diff& diff);

}  // namespace greenroom::diff
