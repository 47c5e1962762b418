#include "lib/review/words.h"

#include <algorithm>
#include <map>
#include <set>

#include "lib/base/text.h"
#include "lib/review/unseen.h"

namespace greenroom::review {
namespace {

constexpr std::size_t kFilesShown = 3;
constexpr std::size_t kLinesShown = 6;
constexpr std::size_t kPathBytes = 160;

std::string grouped(std::size_t n) {
  std::string digits = std::to_string(n);
  for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string lines_words(const std::set<int>& lines, std::size_t& left_out) {
  std::vector<std::string> shown;
  for (const int line : lines) {
    if (line == 0) continue;
    if (shown.size() < kLinesShown)
      shown.push_back(std::to_string(line));
    else
      ++left_out;
  }
  if (shown.empty()) return "";
  return (shown.size() == 1 ? " line " : " lines ") + listed(shown);
}

}  // namespace

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return grouped(n) + " " + std::string(n == 1 ? one : many);
}

std::string listed(const std::vector<std::string>& items) {
  if (items.size() < 2) return items.empty() ? "" : items[0];
  return join({items.begin(), items.end() - 1}, ", ") + " and " + items.back();
}

std::string short_plain(std::string_view text, std::size_t bytes) { return plain(shorten(show_unseen(text), bytes)); }
std::string short_code(std::string_view text, std::size_t bytes) {
  return code_span(shorten(show_unseen(text), bytes));
}

std::string places(const std::vector<model::Finding>& findings, std::string (*code)(std::string_view)) {
  std::vector<std::string> order;
  std::map<std::string, std::set<int>> lines;
  for (const auto& finding : findings) {
    const auto& path = finding.diagnostic.path;
    if (!lines.contains(path)) order.push_back(path);
    lines[path].insert(finding.diagnostic.span.line);
  }
  std::size_t left_out = 0;
  std::vector<std::string> shown;
  for (const auto& path : order) {
    if (shown.size() < kFilesShown)
      shown.push_back(code(shorten(show_unseen(path), kPathBytes)) + lines_words(lines[path], left_out));
    else
      left_out += lines[path].size();
  }
  if (left_out > 0) return join(shown, ", ") + " and " + counted(left_out, "more place", "more places");
  return listed(shown);
}

std::string result_words(const model::CheckResult& check) {
  if (!check.headline.empty()) return check.headline;
  switch (check.state) {
    case model::CheckState::queued: return "waiting";
    case model::CheckState::running: return "running";
    case model::CheckState::passed: return "nothing to look at";
    case model::CheckState::attention: return "something to look at";
    case model::CheckState::failed: return "failed";
    case model::CheckState::incomplete: return "did not finish";
    case model::CheckState::errored: return "could not run";
    case model::CheckState::skipped: return "nothing to check";
    case model::CheckState::waiting: return "waits for a person of the project";
    case model::CheckState::cancelled: return "stopped";
  }
  return "";
}

std::string sign_of(model::CheckState state) {
  switch (state) {
    case model::CheckState::queued:
    case model::CheckState::running:
    case model::CheckState::waiting: return "…";
    case model::CheckState::passed: return "✓";
    case model::CheckState::attention: return "•";
    case model::CheckState::failed: return "✗";
    default: return "–";
  }
}

bool is_syntax(const teaching::Point& point) { return point.key == teaching::kSyntaxLesson; }

std::string title_of(const teaching::Point& point) {
  if (point.lesson != nullptr) return point.lesson->title;
  const auto& message = point.findings.front().diagnostic.message;
  return shorten(show_unseen(message.substr(0, message.find('\n'))), 200);
}

std::string codes_of(const teaching::Point& point) {
  std::set<std::string> codes;
  for (const auto& finding : point.findings) {
    const auto& d = finding.diagnostic;
    if (codes.size() < 3) codes.insert(shorten(show_unseen(d.code.empty() ? d.tool : d.code), 60));
  }
  return join({codes.begin(), codes.end()}, ", ");
}

}  // namespace greenroom::review
