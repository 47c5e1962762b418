#pragma once
// What every benchmark reports: a figure of ours beside the raw limit of this machine, measured in the same run. Rates
// and times of a machine mean little; their ratio travels.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace greenroom::bench {

enum class Direction { at_most, at_least };

struct Figure {
  std::string name;   // "ingest": the folder's name, with words after it when the folder has several
  double figure = 0;  // ours
  std::string unit;   // of figure and limit: "ms", "deliveries/s", "MiB"
  double limit = 0;   // the raw limit, or a fixed budget
  Direction direction = Direction::at_most;
  double aim = 1;  // what figure / limit may be
};

// Prints one row of the table, and appends one JSON object to the file $GREENROOM_BENCH_JSON when that is set:
// {"name", "figure", "unit", "limit", "ratio", "aim", "direction": "at_most"|"at_least", "ok"}. True when the aim is
// met.
bool report(const Figure& figure);

// What a benchmark's main returns.
constexpr int kMet = 0, kMissed = 1, kCannotRun = 2;

template <class Work>
double milliseconds(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// The value below which the share `part` of the values lies. Not for an empty list.
inline double quantile(std::vector<double> values, double part) {
  const auto index = std::min(values.size() - 1, static_cast<std::size_t>(part * static_cast<double>(values.size())));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
  return values[index];
}
inline double median(std::vector<double> values) { return quantile(std::move(values), 0.5); }

}  // namespace greenroom::bench
