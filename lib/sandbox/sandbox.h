#pragma once
// Runs one command of a job where it can hurt nobody. A Plan is data; execute() applies it: bubblewrap (new user,
// mount, pid, network, ipc, uts, cgroup namespaces) + seccomp + rlimits + cgroup where delegated.
// Fails closed: when a required guarantee cannot be given the command is not started. Refuses euid 0.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/error.h"
#include "lib/process/process.h"

namespace greenroom::sandbox {

enum class WorkspaceAccess {
  read_only,   // linters: the checkout itself, bound read-only
  throw_away,  // tests: a writable layer over the checkout (or a copy), gone afterwards
};

struct Limits {
  std::chrono::milliseconds wall{60'000};
  std::chrono::seconds cpu{300};
  std::uint64_t memory_bytes = 1ull << 30;  // cgroup when delegated, else RLIMIT_AS at 4×
  int processes = 256;
  std::uint64_t file_bytes = 256ull << 20;
  std::uint64_t scratch_bytes = 512ull << 20;  // all that the job may write: /tmp and its layer of the workspace
  std::size_t output_bytes = 8u << 20;         // per stream
  std::uint64_t artefact_bytes = 16ull << 20;
};

struct ReadOnlyBind {
  std::string from;  // on the machine
  std::string to;  // inside, absolute; never /tmp itself nor under /work, /tmp/out, /tmp/home, /etc, /usr, /dev, /proc
};

struct Plan {
  std::vector<std::string> argv;  // argv[0] absolute inside the sandbox
  std::string workspace;          // the checkout's directory; seen as /work
  WorkspaceAccess access = WorkspaceAccess::read_only;
  std::vector<std::pair<std::string, std::string>> files;  // trusted config: name → content, seen under /greenroom/
  std::vector<ReadOnlyBind> binds;                         // tool folders beyond /usr
  std::vector<std::pair<std::string, std::string>> environment;  // added to the built-in allow-list
  std::vector<std::string> artefacts;                            // paths under /tmp/out to bring back, e.g. "junit.xml"
  std::string scratch;  // directory of ours where the job's throw-away parts may live
  Limits limits;
};

struct Artefact {
  std::string name;
  std::string content;
};

struct SandboxOutcome {
  process::Outcome process;
  bool out_of_memory = false;  // with a cgroup: the kernel killed a process of the job; else a guess from how it failed
  std::vector<Artefact> artefacts;
  std::vector<std::string> refused_artefacts;  // those that were there but not taken: "junit.xml: not a regular file"
  std::vector<std::string> degraded;           // guarantees that this machine could not give, one short phrase each
};

// Blocks; threads may call it at the same time. A job killed by a signal has exit code 128 + its number, as in a shell.
// Errors: not_found (no such program), transient (no space, fork), bug or rejected with a sentence when the sandbox
// itself could not be built: never to be read as the job's verdict.
Result<SandboxOutcome> execute(const Plan& plan,
                               const std::function<void(process::Stream, std::string_view)>& on_output = {},
                               const std::function<bool()>& cancelled = {});

struct Guarantee {
  std::string name;  // "network", "seccomp", "memory", …
  bool held = false;
  std::string detail;  // how, or why not
};
// Tries every guarantee on this machine by running small attacks. For `greenroom doctor` and runner start-up.
std::vector<Guarantee> probe();

}  // namespace greenroom::sandbox
