#include "lib/pipeline/parts.h"

#include <algorithm>
#include <deque>
#include <iterator>

#include "lib/base/text.h"

namespace greenroom::pipeline {
namespace {

struct Range {
  std::size_t first, count;
};

checks::Check narrowed(const checks::Check& check, Range range) {
  checks::Check part = check;
  const auto paths = check.argv.end() - static_cast<std::ptrdiff_t>(check.paths);
  part.argv.assign(check.argv.begin(), paths);
  const auto from = paths + static_cast<std::ptrdiff_t>(range.first);
  part.argv.insert(part.argv.end(), from, from + static_cast<std::ptrdiff_t>(range.count));
  part.paths = range.count;
  part.left_out = 0;
  return part;
}

std::string path_at(const checks::Check& check, std::size_t index) {
  return check.argv[check.argv.size() - check.paths + index];
}

void push_halves(std::deque<Range>& ranges, Range range) {
  const std::size_t half = range.count / 2;
  ranges.push_back({range.first, half});
  ranges.push_back({range.first + half, range.count - half});
}

void take(model::CheckResult& result, model::CheckResult part) {
  std::move(part.diagnostics.begin(), part.diagnostics.end(), std::back_inserter(result.diagnostics));
  result.patch += part.patch;
}

}  // namespace

void look_at_parts(const checks::Check& check, const LookAtPart& look, std::chrono::steady_clock::time_point deadline,
                   model::CheckResult& result) {
  if (check.paths < 2) return;
  std::deque<Range> ranges;
  push_halves(ranges, {0, check.paths});
  std::size_t unread = 0, first_unread = check.paths;
  const auto leave = [&](Range range) {
    unread += range.count;
    first_unread = std::min(first_unread, range.first);
  };
  for (int runs = 0; !ranges.empty(); ++runs) {
    const Range range = ranges.front();
    ranges.pop_front();
    if (runs >= kMaxParts || std::chrono::steady_clock::now() >= deadline) {
      leave(range);
      continue;
    }
    auto part = look(narrowed(check, range));
    if (part.state == model::CheckState::cancelled) {
      result.state = part.state;
      result.headline = part.headline;
      result.diagnostics.clear();
      result.patch.clear();
      return;
    }
    if (part.state != model::CheckState::errored) {
      take(result, std::move(part));
    } else if (range.count == 1) {
      leave(range);
    } else {
      push_halves(ranges, range);
    }
  }
  if (unread == 0) {
    result.headline = "the tool crashed over all files at once, not over any of them alone";
    return;
  }
  const std::string others = unread == 1 ? "" : " and " + std::to_string(unread - 1) + " more";
  result.headline = "the tool crashed over " + shorten(scrub_utf8(path_at(check, first_unread)), 120) + others;
}

}  // namespace greenroom::pipeline
