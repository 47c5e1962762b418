// How much memory the runner itself takes, at the most, over a tool that prints without end and one that reports a
// million findings: the real services, a real push, the real sandbox; only the tools are ours. Budget: 64 MiB each.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "bench/figure.h"
#include "tests/line/line.h"

namespace greenroom::bench {
namespace {

namespace fs = std::filesystem;

constexpr double kBudgetMebibytes = 64;

// A virtualenv whose every Python tool is this program: it floods as the file that it is given says.
constexpr const char* kTool = R"(#!/bin/sh
case "$*" in *--version*) echo 6.0.0; exit 0;; esac
flood=$(cat /work/flood.py)
if [ "${flood#*log}" != "$flood" ]; then
  yes 'a line of a log that nobody will ever read, about as long as such lines are' | head -c 1000000000
else
  yes "./flood.py:1:1: F401 'os' imported but unused" | head -n 1000000
fi
exit 1
)";
std::string make_tools(const fs::path& root) {
  fs::create_directories(root / "bin");
  for (const char* name : {"python", "flake8"}) {
    std::ofstream(root / "bin" / name) << kTool;
    fs::permissions(root / "bin" / name, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec |
                                             fs::perms::group_read | fs::perms::others_read);
  }
  return root.string();
}

double peak_mebibytes(int pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  for (std::string word; in >> word;) {
    double kilobytes = 0;
    if (word == "VmHWM:" && in >> kilobytes) return kilobytes / 1024;
  }
  throw std::runtime_error("the runner is gone");
}

// The runner's peak over one push, on a line of its own.
double peak_over(const std::string& flood, const std::string& tools) {
  testing::Line::Options options;
  options.configuration["runner"]["tools.directory"] = tools;
  testing::Line line(options);
  line.seed({{"README.md", std::string("# A project\n")}});
  line.push("maya/flood", {{"flood.py", "import os  # " + flood + "\n"}});
  line.settle(std::chrono::seconds(180));
  const double peak = peak_mebibytes(line.pid("runner"));
  std::fprintf(stderr, "  %s\n",
               line.text("SELECT name || ': ' || headline AS value FROM check_run WHERE name = 'flake8'").c_str());
  return peak;
}

int run() {
  testing::TempDirectory folder;
  const std::string tools = make_tools(fs::path(folder.path()) / "tools");
  bool met = true;
  for (const auto& [flood, name] :
       {std::pair{"log", "runner-memory, 1 GB of log"}, std::pair{"findings", "runner-memory, 10^6 findings"}})
    met = report({name, peak_over(flood, tools), "MiB", kBudgetMebibytes, Direction::at_most, 1}) && met;
  return met ? kMet : kMissed;
}

}  // namespace
}  // namespace greenroom::bench

int main() {
  try {
    return greenroom::bench::run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "runner-memory: %s\n", error.what());
    return greenroom::bench::kCannotRun;
  }
}
