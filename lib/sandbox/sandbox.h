#pragma once
// Runs one command of a job where it can hurt nobody. A Plan is data; execute() applies it: bubblewrap (new user,
// mount, pid, network, ipc, uts, cgroup namespaces) + seccomp + rlimits + cgroup where delegated.
// Fails closed: when a required guarantee cannot be given the command is not started. Refuses euid 0.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
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
  std::chrono::seconds cpu{300};            // of each process
  int cpu_percent = 100;                    // of one processor, for the whole job, where a cgroup is delegated
  std::uint64_t memory_bytes = 1ull << 30;  // cgroup when delegated, else RLIMIT_AS at 4×
  int processes = 256;
  std::uint64_t file_bytes = 256ull << 20;
  std::uint64_t scratch_bytes = 512ull << 20;  // all that the job may write: /tmp and its layer of the workspace
  std::size_t output_bytes = 8u << 20;         // per stream
  std::uint64_t artefact_bytes = 16ull << 20;
};
inline constexpr std::uint64_t kBytesPerFile = 4096;  // a job may make one file for as many bytes of its scratch

struct ReadOnlyBind {
  std::string from;  // on the machine
  std::string to;  // inside, absolute; never /tmp itself nor under /work, /tmp/out, /tmp/home, /etc, /usr, /dev, /proc
};

// What only the building of an environment gets. A check has none of it: its plan has no place for it.
struct Provision {
  std::string tree;    // a folder of ours on the machine, which the job may fill; no larger than its owner looks after
  std::string inside;  // where it is seen: a folder directly below /opt/
  std::string socket;  // of an egress::Proxy, seen as kEgressInside; empty: no way out
};
inline constexpr std::string_view kEgressInside = "/opt/greenroom-egress";

struct Plan {
  std::vector<std::string> argv;  // argv[0] absolute inside the sandbox
  std::string workspace;          // the checkout's directory; seen as /work
  WorkspaceAccess access = WorkspaceAccess::read_only;
  std::vector<std::pair<std::string, std::string>> files;  // trusted config: name → content, seen under /greenroom/
  std::vector<ReadOnlyBind> binds;                         // tool folders beyond /usr
  std::vector<std::pair<std::string, std::string>> environment;  // added to the built-in allow-list
  std::vector<std::string> artefacts;                            // paths under /tmp/out to bring back, e.g. "junit.xml"
  std::string scratch;  // directory of ours, for the job's throw-away parts and the /etc of all jobs
  Limits limits;
  std::optional<Provision> provision = {};
  std::string root = {};  // the root filesystem whose usr and etc the job sees; empty: the machine's own
};

// What a job that failed had no room for. none_it_says: it complained, and nothing more is known.
enum class Room { enough, no_more_bytes, no_more_files, file_too_large, none_it_says };

struct Artefact {
  std::string name;
  std::string content;
};

struct SandboxOutcome {
  process::Outcome process;
  bool out_of_memory = false;  // with a cgroup: the kernel killed a process of the job; else a guess from how it failed
  Room room = Room::enough;
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

using Execute = std::function<Result<SandboxOutcome>(
    const Plan&, const std::function<void(process::Stream, std::string_view)>&, const std::function<bool()>&)>;

struct Guarantee {
  std::string name;  // "network", "seccomp", "memory", …
  bool held = false;
  std::string detail;  // how, or why not
};
// Tries every guarantee on this machine by running small attacks, on this root filesystem (Plan::root). For `greenroom
// doctor` and runner start-up.
std::vector<Guarantee> probe(const std::string& root = {});

}  // namespace greenroom::sandbox
