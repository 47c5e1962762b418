#pragma once
// The job's outer stage: what the child builds between fork and becoming bubblewrap. A user namespace of its own (so
// that the number of processes is counted for this job alone) and, for jobs that write, a mount namespace with one
// tmpfs that holds all the job may write: its layer of the workspace, /tmp, the artefacts. The kernel takes all of it
// away with the job's last process, whatever the job made there.

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/fd.h"
#include "lib/sandbox/resource_limits.h"

namespace greenroom::sandbox {

enum class Layering {
  none,    // the job writes nothing but bubblewrap's own tmpfs
  memory,  // a tmpfs of limited size
  disk,    // the same folders on the disk, for kernels whose tmpfs cannot carry an overlay; size not limited
  copy     // no overlay at all: a copy of the workspace on the disk
};

struct StageSettings {
  Layering layering = Layering::none;
  bool layer_over_workspace = false;
  std::string workspace;
  std::string directory;  // an empty folder of ours
  std::uint64_t bytes = 0;
  int user_namespaces = 0;  // that may still be made below the stage's own
  std::vector<ResourceLimit> limits;
  std::vector<int> cgroups;  // open cgroup.procs files to join by
};

// Made before the fork; enter() is async-signal-safe, runs in the child, and ends it when a step fails.
class Stage {
 public:
  static Result<Stage> prepare(StageSettings settings);
  void enter() const;

  // After the child has ended. What stopped it, if anything did: "mount tmpfs: Operation not permitted".
  std::string failure() const;
  // The folder /tmp/out of a job with Layering::memory or disk, by its own descriptor: no path leads there any more.
  Fd take_out() const;

  std::string workspace() const;  // what to show as /work
  std::string tmp() const;        // what to show as /tmp; empty for Layering::none

 private:
  struct Report {
    const char* step;  // a literal: the same address in parent and child
    int error;
  };
  struct Unmap {
    void operator()(Report* report) const;
  };
  [[noreturn]] void stop(const char* step) const;
  void require(bool done, const char* step) const;
  void map_user() const;
  void limit_namespaces() const;
  void mount_layers() const;
  void mount_overlay() const;
  void make_folders() const;
  void send_out() const;

  StageSettings settings_;
  std::string uid_map_, gid_map_, user_namespaces_, tmpfs_options_;
  std::unique_ptr<Report, Unmap> report_;
  Fd send_, receive_;
};

}  // namespace greenroom::sandbox
