#include "lib/hosts/gitlab/position.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "lib/base/hash.h"
#include "lib/diff/diff.h"

namespace greenroom::hosts::gitlab {
namespace {

struct Place {
  std::optional<int> old_line;  // nullopt: an added line
  int new_line = 0;
  int old_place = 0;  // the old line, or where an added one would stand
};

const json::Value* file_in(const json::Value& version, const std::string& path) {
  for (const auto& file : json::member(version, "diffs"))
    if (json::text(file, "new_path") == path && !json::boolean(file, "deleted_file")) return &file;
  return nullptr;
}

// GitLab's `diff` begins with its first hunk. The paths do not matter here.
Result<diff::File> lines_of(const json::Value& file) {
  const auto hunks = json::text(file, "diff");
  if (hunks.empty()) return rejected("GitLab does not show what changed in this file");
  auto parsed = diff::parse("diff --git a/f b/f\n--- a/f\n+++ b/f\n" + hunks);
  if (!parsed || parsed->files.empty()) return rejected("GitLab's diff of this file cannot be read");
  return std::move(parsed->files.front());
}

Place place_of(const diff::File& file, int line) {
  Place place{diff::base_line(file, line), line, 0};
  place.old_place = place.old_line.value_or(0);
  const auto* hunk = place.old_line ? nullptr : diff::hunk_at(file, line);
  if (hunk == nullptr) return place;
  place.old_place = hunk->old_start;
  for (const auto& one : hunk->lines) {
    if (one.new_line == line) break;
    if (one.kind != diff::Line::Kind::added) ++place.old_place;
  }
  return place;
}

void add_lines(json::Value& object, const Place& place) {
  object["new_line"] = place.new_line;
  if (place.old_line) object["old_line"] = *place.old_line;
}

json::Value end_of_range(const Place& place, const std::string& path) {
  json::Value end{
      {"line_code", to_hex(sha1(path)) + "_" + std::to_string(place.old_place) + "_" + std::to_string(place.new_line)},
      {"type", place.old_line ? "old" : "new"}};
  add_lines(end, place);
  return end;
}

}  // namespace

Result<json::Value> position_of(const model::Effect& thread, const json::Value& version) {
  const auto* file = file_in(version, thread.path);
  if (file == nullptr) return rejected("GitLab: the change does not touch this file");
  json::Value position{{"position_type", thread.line == 0 ? "file" : "text"},
                       {"base_sha", json::text(version, "base_commit_sha")},
                       {"start_sha", json::text(version, "start_commit_sha")},
                       {"head_sha", json::text(version, "head_commit_sha")},
                       {"old_path", json::text(*file, "old_path")},
                       {"new_path", thread.path}};
  if (thread.line == 0) return position;
  GREENROOM_TRY(lines, lines_of(*file));
  const auto last = place_of(lines, thread.line);
  add_lines(position, last);
  if (thread.start_line > 0)
    position["line_range"] = {{"start", end_of_range(place_of(lines, thread.start_line), thread.path)},
                              {"end", end_of_range(last, thread.path)}};
  return position;
}

}  // namespace greenroom::hosts::gitlab
