#include "lib/checks/providers/explain/explain.h"

#include <algorithm>

#include "lib/base/text.h"

namespace greenroom::checks::explain {

std::vector<std::string_view> lines_of(std::string_view output) {
  std::vector<std::string_view> lines = split_lines(output.substr(output.size() - std::min(output.size(), kMaxBytes)));
  if (lines.size() > kMaxLines) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(kMaxLines));
  for (std::string_view& line : lines) line = line.substr(0, kMaxLineBytes);
  return lines;
}

std::string_view between(std::string_view line, std::string_view before, std::string_view after) {
  const auto start = line.find(before);
  if (start == std::string_view::npos) return {};
  line.remove_prefix(start + before.size());
  const auto end = after.empty() ? line.size() : line.find(after);
  return end == std::string_view::npos ? std::string_view() : trim(line.substr(0, end));
}

std::string shown(std::string_view text) { return shorten(escape_bytes(trim(text)), 80); }

std::string last_few(std::string_view list) {
  std::vector<std::string> names;
  for (const std::string_view part : split(list, ',')) names.push_back(shorten(escape_bytes(trim(part)), 30));
  const bool more = names.size() > 3;
  if (more) names.erase(names.begin(), names.end() - 3);
  if (names.size() == 1) return names[0];
  const std::string last = names.back();
  names.pop_back();
  return (more ? "… " : "") + join(names, ", ") + " and " + last;
}

}  // namespace greenroom::checks::explain
