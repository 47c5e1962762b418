// How much our sandbox costs over bubblewrap alone: the same program, /bin/true, started by both in turn.

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <vector>

#include "bench/figure.h"
#include "bench/sandbox/podman.h"
#include "lib/base/fd.h"
#include "lib/base/hash.h"
#include "lib/process/process.h"
#include "lib/sandbox/exit_status.h"
#include "lib/sandbox/memory_file.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::bench {
namespace {

constexpr int kRounds = 200;
constexpr int kPodmanRounds = 5;

// The least that isolates in the same namespaces: no filter, no limits, no trusted files.
process::Command raw_command(const std::string& workspace, int status) {
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
                  "--json-status-fd",
                  std::to_string(status),
                  "--",
                  "/bin/true"};
  command.keep_fds = {status};
  return command;
}

// Bubblewrap alone ends before the kernel has taken down what it made, ours after that. So that neither pays for the
// other, the next one waits, unmeasured, for the end of the bare sandbox's first process.
void settle(const Fd& status) {
  const auto init = sandbox::parse_exit_status(sandbox::read_memory_file(status)).init;
  if (!init) return;
  pollfd ended{static_cast<int>(::syscall(SYS_pidfd_open, *init, 0)), POLLIN, 0};
  if (ended.fd < 0) return;  // gone already
  ::poll(&ended, 1, -1);
  ::close(ended.fd);
}

// Ours against podman's, in turn. True without podman: then there is nothing to compare, and a line says so.
bool compare_with_podman(const sandbox::Plan& plan, bool& good) {
  std::string why_not;
  const PodmanHome home;
  const auto command = podman_command(home, why_not);
  if (!command) return std::fprintf(stderr, "  not compared: %s\n", why_not.c_str()), true;
  std::vector<double> ours, podman;
  for (int i = 0; i < kPodmanRounds && good; ++i) {
    ours.push_back(milliseconds([&] {
      const auto o = sandbox::execute(plan);
      good &= o && o->process.ok();
    }));
    podman.push_back(milliseconds([&] {
      const auto o = process::run(*command);
      good &= o && o->ok();
    }));
  }
  if (!good) return false;
  return report({"sandbox over podman", median(ours), "ms", median(podman), Direction::at_most, 0.2});
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
  std::vector<double> ours, layered, bare;
  bool good = true;
  for (int i = 0; i < kRounds && good; ++i) {
    const auto status = sandbox::memory_file("");
    if (!status) return kCannotRun;
    const process::Command raw = raw_command(plan.workspace, status->get());
    bare.push_back(milliseconds([&] {
      const auto o = process::run(raw);
      good &= o && o->ok();
    }));
    settle(*status);
    ours.push_back(milliseconds([&] {
      const auto o = sandbox::execute(plan);
      good &= o && o->process.ok();
    }));
    layered.push_back(milliseconds([&] {
      const auto o = sandbox::execute(writing);
      good &= o && o->process.ok();
    }));
  }
  const bool faster = good && compare_with_podman(plan, good);
  std::filesystem::remove_all(root);
  if (!good) return std::fprintf(stderr, "the sandbox does not run here\n"), kCannotRun;
  const bool met = report({"sandbox", median(ours), "ms", median(bare), Direction::at_most, 1.2});
  const bool layered_met =
      report({"sandbox with a layer", median(layered), "ms", median(bare), Direction::at_most, 1.5});
  return met && layered_met && faster ? kMet : kMissed;
}

}  // namespace
}  // namespace greenroom::bench

int main() { return greenroom::bench::run(); }
