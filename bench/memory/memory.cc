// What the four services keep in memory while nothing happens: the sum of their resident sizes over a budget of 80 MiB.
// Pages that two of them share count twice, so the true sum is below; the runner lets nobody look at its maps.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "bench/figure.h"
#include "tests/line/line.h"

namespace greenroom::bench {
namespace {

constexpr double kBudgetMebibytes = 80;

double resident_mebibytes(int pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  for (std::string word; in >> word;) {
    double kilobytes = 0;
    if (word == "VmRSS:" && in >> kilobytes) return kilobytes / 1024;
  }
  throw std::runtime_error("process " + std::to_string(pid) + " is gone");
}

int run() {
  testing::Line line;
  double sum = 0;
  for (const char* name : {"webhook", "bot", "runner", "dashboard"}) {
    const double resident = resident_mebibytes(line.pid(name));
    std::fprintf(stderr, "  %-10s %6.1f MiB\n", name, resident);
    sum += resident;
  }
  return report({"memory", sum, "MiB", kBudgetMebibytes, Direction::at_most, 1}) ? kMet : kMissed;
}

}  // namespace
}  // namespace greenroom::bench

int main() {
  try {
    return greenroom::bench::run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "memory: %s\n", error.what());
    return greenroom::bench::kCannotRun;
  }
}
