#include "lib/diff/diff.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace greenroom::diff {
namespace {

// Where a side's hunk begins; an empty range names the line before it.
int old_first(const Hunk& hunk) { return hunk.old_count == 0 ? hunk.old_start + 1 : hunk.old_start; }
int new_first(const Hunk& hunk) { return hunk.new_count == 0 ? hunk.new_start + 1 : hunk.new_start; }

// A line number comes from a tool's report and may be as large as an int can be; the answer stays one.
int shifted(int line, int shift) {
  const std::int64_t moved = std::int64_t{line} + shift;
  return static_cast<int>(std::min<std::int64_t>(moved, std::numeric_limits<int>::max()));
}

}  // namespace

const File* Diff::find(std::string_view new_path) const {
  for (const File& file : files)
    if (file.new_path == new_path) return &file;
  return nullptr;
}

const Hunk* hunk_at(const File& file, int line) {
  for (const Hunk& hunk : file.hunks)
    if (line >= hunk.new_start && line - hunk.new_start < hunk.new_count) return &hunk;
  return nullptr;
}

LineSide side_of(const File& file, int line) {
  const Hunk* hunk = hunk_at(file, line);
  if (hunk == nullptr) return LineSide::outside;
  for (const Line& each : hunk->lines)
    if (each.new_line == line && each.kind != Line::Kind::removed)
      return each.kind == Line::Kind::added ? LineSide::author : LineSide::context;
  return LineSide::outside;
}

std::optional<int> base_line(const File& file, int head_line) {
  int shift = 0;  // base minus head, after every hunk that lies before the line
  for (const Hunk& hunk : file.hunks) {
    if (head_line < new_first(hunk)) break;
    if (head_line - new_first(hunk) < hunk.new_count) {
      for (const Line& line : hunk.lines)
        if (line.new_line == head_line && line.kind == Line::Kind::context) return line.old_line;
      return std::nullopt;
    }
    shift = old_first(hunk) + hunk.old_count - (new_first(hunk) + hunk.new_count);
  }
  return shifted(head_line, shift);
}

std::optional<int> head_line(const File& file, int base_line) {
  int shift = 0;
  for (const Hunk& hunk : file.hunks) {
    if (base_line < old_first(hunk)) break;
    if (base_line - old_first(hunk) < hunk.old_count) {
      for (const Line& line : hunk.lines)
        if (line.old_line == base_line && line.kind == Line::Kind::context) return line.new_line;
      return std::nullopt;
    }
    shift = new_first(hunk) + hunk.new_count - (old_first(hunk) + hunk.old_count);
  }
  return shifted(base_line, shift);
}

Size size_of(const Diff& diff) {
  Size size;
  size.files = static_cast<int>(diff.files.size());
  for (const File& file : diff.files)
    for (const Hunk& hunk : file.hunks)
      for (const Line& line : hunk.lines) {
        if (line.kind == Line::Kind::added) ++size.added;
        if (line.kind == Line::Kind::removed) ++size.removed;
      }
  return size;
}

}  // namespace greenroom::diff
