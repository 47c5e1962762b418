// How much our sandbox costs over bubblewrap alone: the same program, /bin/true, started by both in turn.

#include <cstdio>
#include <filesystem>
#include <vector>

#include "bench/figure.h"
#include "lib/base/hash.h"
#include "lib/process/process.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::bench {
namespace {

constexpr int kRounds = 200;

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
  if (!good) return std::fprintf(stderr, "the sandbox does not run here\n"), kCannotRun;
  const bool met = report({"sandbox", median(ours), "ms", median(bare), Direction::at_most, 1.2});
  const bool layered_met =
      report({"sandbox with a layer", median(layered), "ms", median(bare), Direction::at_most, 1.5});
  return met && layered_met ? kMet : kMissed;
}

}  // namespace
}  // namespace greenroom::bench

int main() { return greenroom::bench::run(); }
