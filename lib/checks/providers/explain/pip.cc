// pip, the version of Debian's virtualenv (23.0) and newer ones (to 26.3): they differ in a few words.

#include <algorithm>

#include "lib/base/text.h"
#include "lib/checks/providers/explain/explain.h"
#include "lib/checks/providers/requirements.h"

namespace greenroom::checks {
namespace {

using explain::between;
using explain::has;
using explain::shown;
using Lines = std::vector<std::string_view>;

const std::string_view* line_with(const Lines& lines, std::string_view words) {
  const auto found = std::find_if(lines.begin(), lines.end(), [&](std::string_view line) { return has(line, words); });
  return found == lines.end() ? nullptr : &*found;
}

// "2.0" of "studio-frames==2.0"; "" unless exactly one version is asked for.
std::string_view exact_version(std::string_view requirement) {
  const auto equals = requirement.find("==");
  if (equals == std::string_view::npos || requirement.find(',') != std::string_view::npos) return {};
  return requirement.substr(std::min(requirement.find_first_not_of('=', equals), requirement.size()));
}

// Of the lines in which pip's log tells why it took no file of this package.
struct Reasons {
  bool not_there = false, index_unwell = false, no_wheel = false;
};
Reasons reasons_for(const Lines& lines, std::string_view requirement) {
  const std::string page = "/" + package_name(requirement) + "/";
  const std::string version(exact_version(requirement));
  Reasons reasons;
  for (const std::string_view line : lines) {
    if (!has(line, page)) continue;
    if (has(line, "Could not fetch URL")) {
      (has(line, ": 404 ") ? reasons.not_there : reasons.index_unwell) = true;
    } else if (has(line, "No sources permitted for") || has(line, "none of the wheel's tags")) {
      const bool this_one = version.empty() || has(line, "-" + version + "-") || has(line, "-" + version + ".");
      reasons.no_wheel = reasons.no_wheel || this_one;
    }
  }
  return reasons;
}

// "Ignored the following versions that require a different python version: 1.0 Requires-Python >=3.99; 2.0 …" →
// ">=3.99"
std::string_view other_python(const Lines& lines, std::string_view requirement) {
  const auto* line = line_with(lines, "Ignored the following versions that require a different python version:");
  if (line == nullptr) return {};
  const std::string_view wanted = exact_version(requirement);
  for (const std::string_view each : split(between(*line, "python version:", ""), ';')) {
    const std::string_view needs = between(each, "Requires-Python", "");
    const std::string_view version = trim(each.substr(0, std::min(each.find(" Requires-Python"), each.size())));
    if (!needs.empty() && (wanted.empty() || version == wanted)) return needs;
  }
  return {};
}

std::optional<LockFault> no_distribution(const EnvironmentPlan& plan, const Lines& lines) {
  const auto* line = line_with(lines, "Could not find a version that satisfies the requirement ");
  if (line == nullptr) return std::nullopt;
  const std::string_view text = between(*line, "satisfies the requirement ", "(from versions:");
  const std::string_view requirement = trim(text.substr(0, std::min(text.find(" (from "), text.size())));
  const std::string_view versions = between(*line, "(from versions:", ")");
  if (package_name(requirement).empty() || versions.empty()) return std::nullopt;
  const Reasons reasons = reasons_for(lines, requirement);
  const std::string asks = plan.lock + " asks for " + shown(requirement);
  if (reasons.index_unwell) return std::nullopt;
  if (const auto needs = other_python(lines, requirement); !needs.empty())
    return LockFault{"ENV006", asks + ", which needs Python " + shown(needs)};
  if (reasons.no_wheel)
    return LockFault{"ENV004", asks + ", which the package index does not have as a wheel for this machine"};
  if (versions != "none")
    return LockFault{"ENV001", asks + ", which the package index does not have; it has " + explain::last_few(versions)};
  if (reasons.not_there) return LockFault{"ENV002", asks + ", and the package index has no package of that name"};
  return std::nullopt;
}

// The two lines under "The conflict is caused by:" that are about one package; other packages' lines may stand there
// too.
std::optional<LockFault> conflict(const EnvironmentPlan& plan, const Lines& lines) {
  const auto* head = line_with(lines, "The conflict is caused by:");
  if (head == nullptr) return std::nullopt;
  std::vector<std::string> sides;
  for (const auto* line = head + 1; line != lines.data() + lines.size() && sides.size() < 2; ++line) {
    if (trim(*line).empty()) break;
    if (const auto needs = between(*line, " depends on ", ""); !needs.empty())
      sides.push_back(shown(line->substr(0, line->find(" depends on "))) + " needs " + shown(needs));
    else if (const auto limit = between(*line, "requested (constraint) ", ""); !limit.empty())
      sides.push_back(plan.lock + " allows only " + shown(limit));
    else if (const auto asked = between(*line, "The user requested ", ""); !asked.empty())
      sides.push_back(plan.lock + " asks for " + shown(asked));
  }
  if (sides.empty()) return std::nullopt;
  return LockFault{"ENV003", join(sides, ", but ")};
}

std::optional<LockFault> hashes(const EnvironmentPlan& plan, const Lines& lines) {
  if (const auto* head = line_with(lines, "DO NOT MATCH THE HASHES")) {
    const auto* next = head + 1;
    const bool more = next != lines.data() + lines.size();
    const std::string_view named = more ? trim(*next) : std::string_view();
    const std::string package = shown(named.substr(0, std::min(named.find(" from "), named.size())));
    return LockFault{"ENV005", "the package index's file of " + (package.empty() ? "one package" : package) +
                                   " does not have the hash that stands in " + plan.lock};
  }
  if (line_with(lines, "Hashes are required in --require-hashes mode") != nullptr ||
      line_with(lines, "In --require-hashes mode, all requirements must have their versions pinned") != nullptr)
    return LockFault{"ENV005", plan.lock + " has hashes for some of its packages only"};
  return std::nullopt;
}

// "Invalid requirement: 'a == = 1' (from line 1 of /work/requirements.txt)"; newer ones explain over two more lines.
std::optional<LockFault> unreadable(const EnvironmentPlan& plan, const Lines& lines) {
  if (const auto* line = line_with(lines, "Invalid requirement: ")) {
    std::string_view words = between(*line, "Invalid requirement: ", "");
    if (words.starts_with('\'')) words = words.substr(1, words.find('\'', 1) - 1);
    return LockFault{"ENV008", plan.lock + " holds \"" + shown(words) + "\", which is not a requirement"};
  }
  if (line_with(lines, "InvalidMarker") != nullptr || line_with(lines, "UnicodeDecodeError") != nullptr)
    return LockFault{"ENV008", "pip cannot read " + plan.lock};
  return std::nullopt;
}

}  // namespace

std::optional<LockFault> explain_pip(const EnvironmentPlan& plan, std::string_view output) {
  const Lines lines = explain::lines_of(output);
  for (const auto part : {hashes, conflict, no_distribution, unreadable})
    if (auto fault = part(plan, lines)) return fault;
  return std::nullopt;
}

}  // namespace greenroom::checks
