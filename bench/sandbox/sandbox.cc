// How much our sandbox costs over bubblewrap alone: the same program, /bin/true, started by both in turn.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "lib/base/hash.h"
#include "lib/process/process.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom {
namespace {

constexpr int kRounds = 200;

double milliseconds(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

// The least that isolates in the same namespaces: no filter, no limits, no trusted files.
process::Command raw_command(const std::string& workspace) {
  process::Command command;
  command.argv = {"/usr/bin/bwrap",
                  "--unshare-all",
                  "--die-with-parent",
                  "--new-session",
                  "--ro-bind",
                  "/usr",
                  "/usr",
                  "--symlink",
                  "usr/bin",
                  "/bin",
                  "--symlink",
                  "usr/lib",
                  "/lib",
                  "--symlink",
                  "usr/lib64",
                  "/lib64",
                  "--proc",
                  "/proc",
                  "--dev",
                  "/dev",
                  "--tmpfs",
                  "/tmp",
                  "--ro-bind",
                  workspace,
                  "/work",
                  "--chdir",
                  "/work",
                  "--",
                  "/bin/true"};
  return command;
}

bool report(const char* name, double ours, double raw, double aim) {
  std::printf("{\"name\": \"%s\", \"ours_ms\": %.2f, \"raw_ms\": %.2f, \"ratio\": %.3f, \"aim\": %.2f}\n", name, ours,
              raw, ours / raw, aim);
  return ours / raw <= aim;
}

int run() {
  const auto root = std::filesystem::temp_directory_path() / ("greenroom-bench-" + random_hex(8));
  std::filesystem::create_directories(root / "work");
  sandbox::Plan plan;
  plan.argv = {"/bin/true"};
  plan.workspace = (root / "work").string();
  plan.scratch = (root / "scratch").string();
  sandbox::Plan writing = plan;
  writing.access = sandbox::WorkspaceAccess::throw_away;
  const process::Command raw = raw_command(plan.workspace);
  std::vector<double> ours, layered, bare;
  bool good = true;
  for (int i = 0; i < kRounds && good; ++i) {
    bare.push_back(milliseconds([&] {
      const auto o = process::run(raw);
      good &= o && o->ok();
    }));
    ours.push_back(milliseconds([&] {
      const auto o = sandbox::execute(plan);
      good &= o && o->process.ok();
    }));
    layered.push_back(milliseconds([&] {
      const auto o = sandbox::execute(writing);
      good &= o && o->process.ok();
    }));
  }
  std::filesystem::remove_all(root);
  if (!good) return std::fprintf(stderr, "the sandbox does not run here\n"), 2;
  const bool met = report("sandbox start, linter", median(ours), median(bare), 1.2);
  report("sandbox start, test", median(layered), median(bare), 1.5);
  return met ? 0 : 1;
}

}  // namespace
}  // namespace greenroom

int main() { return greenroom::run(); }
