// Where a discussion stands: docs.gitlab.com, "Discussions API", "Create a new thread in the merge request diff".

#include <algorithm>

#include "tests/support/fake_github/diff.h"
#include "tests/support/fake_gitlab/call.h"

namespace greenroom::testing::gitlab {
namespace {

// One line as both files count it. Of an added or removed one the other number is where it would stand.
struct Place {
  char sign;
  int old_line, new_line;
};

[[noreturn]] void no_line() {
  refuse(400, R"(400 Bad request - Note {:line_code=>["can't be blank", "must be a valid line code"]})");
}

std::string file_at(const Project& project, const std::string& sha, const std::string& path) {
  const auto& files = project.commits.at(sha).files;
  const auto found = files.find(path);
  return found == files.end() ? "" : found->second;
}

std::vector<Place> places_in(const std::string& before, const std::string& after) {
  std::vector<Place> places;
  int old_line = before.empty() ? 0 : 1, new_line = 1;  // a new file has no old line to begin with
  const auto unchanged_until = [&](int end) {
    for (; new_line < end; ++old_line, ++new_line) places.push_back({' ', old_line, new_line});
  };
  for (const auto& hunk : fake::hunks_between(before, after)) {
    unchanged_until(hunk.new_count == 0 ? hunk.new_start + 1 : hunk.new_start);
    for (const auto& line : hunk.lines) {
      places.push_back({line.sign, old_line, new_line});
      if (line.sign != '+') ++old_line;
      if (line.sign != '-') ++new_line;
    }
  }
  unchanged_until(static_cast<int>(std::count(after.begin(), after.end(), '\n')) + 1);
  return places;
}

const Place* place_of(const std::vector<Place>& places, int old_line, int new_line) {
  for (const auto& one : places) {
    const int has_old = one.sign == '+' ? 0 : one.old_line, has_new = one.sign == '-' ? 0 : one.new_line;
    if (has_old == old_line && has_new == new_line) return &one;
  }
  return nullptr;
}

int line_in(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found == object.end() || found->is_null() ? 0 : found->get<int>();
}

void read_range(const Json& range, const std::vector<Place>& places, Position& position) {
  const auto place_at = [&](const char* end) {
    const auto& one = range.at(end);
    const auto* place = place_of(places, line_in(one, "old_line"), line_in(one, "new_line"));
    if (place == nullptr || one.at("line_code") != line_code(position.new_path, place->old_line, place->new_line))
      no_line();
    return place;
  };
  const auto* first = place_at("start");
  (void)place_at("end");
  position.first_new_line = first->new_line;
  position.first_old_line = first->sign == ' ' ? first->old_line : 0;
}

}  // namespace

Position position_in(const Call& call, const Item& item) {
  const auto& given = call.body["position"];
  const auto text = [&](const char* member) { return given.value(member, std::string()); };
  Position at;
  at.type = text("position_type");
  at.base_sha = text("base_sha");
  at.start_sha = text("start_sha");
  at.head_sha = text("head_sha");
  at.old_path = text("old_path");
  at.new_path = text("new_path");
  at.old_line = line_in(given, "old_line");
  at.new_line = line_in(given, "new_line");
  const bool known = std::any_of(item.versions.begin(), item.versions.end(), [&](const Version& one) {
    return one.head == at.head_sha && one.base == at.base_sha && one.start == at.start_sha;
  });
  if (!known) no_line();
  const auto renamed = item.old_paths.find(at.new_path);
  const auto was = renamed == item.old_paths.end() ? at.new_path : renamed->second;
  const auto before = file_at(call.project(), at.base_sha, was),
             after = file_at(call.project(), at.head_sha, at.new_path);
  if (was != at.old_path || before == after) no_line();
  if (at.type == "file") return at;
  const auto places = places_in(before, after);
  if (at.type != "text" || place_of(places, at.old_line, at.new_line) == nullptr) no_line();
  if (given.contains("line_range")) read_range(given["line_range"], places, at);
  return at;
}

Json diffs_json(const Project& project, const Item& item, const Version& version) {
  const auto& before = project.commits.at(version.base).files;
  const auto& after = project.commits.at(version.head).files;
  Json rows = Json::array();
  for (const auto& [path, content] : after) {
    const auto renamed = item.old_paths.find(path);
    const auto old_path = renamed == item.old_paths.end() ? path : renamed->second;
    const bool is_new = !before.contains(old_path);
    const auto was = is_new ? std::string() : before.at(old_path);
    if (was == content) continue;
    rows.push_back({{"old_path", old_path},
                    {"new_path", path},
                    {"new_file", is_new},
                    {"renamed_file", old_path != path},
                    {"deleted_file", false},
                    {"diff", fake::patch_of(fake::hunks_between(was, content)) + "\n"}});
  }
  return rows;
}

}  // namespace greenroom::testing::gitlab
