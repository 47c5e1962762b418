#pragma once
// One job's control group, where this machine has delegated one to the runner's user: memory, processes and the share
// of a processor are then limited for the whole job. Both cgroup versions. Without delegation there is none, and the
// job says so.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/fd.h"
#include "lib/sandbox/sandbox.h"

namespace greenroom::sandbox {

enum class CgroupVersion { v1, v2 };

// The folders in which a job's group may be made: one for version 2, one for each controller for version 1.
struct CgroupHome {
  CgroupVersion version = CgroupVersion::v2;
  std::string memory, pids;
  std::string cpu;  // empty: the processor cannot be shared out here
};

// The group of version 2 that the runner's own processes lie in, below the one whose controllers are for jobs.
inline constexpr std::string_view kRunnersLeaf = "/greenroom-runner";

// Where this process's groups lie, from the texts of /proc/self/cgroup and /proc/self/mountinfo; version 1's memory
// controller is preferred where both are mounted, as the kernel gives a controller to one of them only. From within
// kRunnersLeaf the home is the group above it. Pure; says nothing about rights.
std::vector<CgroupHome> cgroup_homes(std::string_view own_groups, std::string_view mounts);

class CgroupFolder;

class JobCgroup {
 public:
  // nullopt when nothing is delegated. Errors: transient (delegated, but a group could not be made).
  static Result<std::optional<JobCgroup>> make(const Limits& limits);
  JobCgroup(JobCgroup&&) noexcept;
  JobCgroup& operator=(JobCgroup&&) = delete;
  ~JobCgroup();  // kills what is left, where the kernel can (version 2), and removes the groups

  std::vector<int> entrances() const;  // writing "0" to each joins
  bool ran_out_of_memory() const;      // the kernel killed a process of the job for want of memory
  bool shares_processor() const { return shares_processor_; }  // Limits::cpu_percent holds

 private:
  explicit JobCgroup(CgroupVersion version);
  Result<void> enter(const CgroupHome& home, const Limits& limits);
  CgroupVersion version_ = CgroupVersion::v2;
  bool shares_processor_ = false;
  std::vector<CgroupFolder> folders_;  // the memory controller's first
};

}  // namespace greenroom::sandbox
