#pragma once
// What is written into a job's control group, one line a file. Pure. The files are those of the kernel's
// Documentation/admin-guide: cgroup-v2.rst, and cgroup-v1/memory.rst, pids.rst and the scheduler's sched-bwc.rst.

#include <string>
#include <string_view>
#include <vector>

#include "lib/sandbox/cgroup.h"

namespace greenroom::sandbox {

struct GroupSetting {
  std::string file;  // within the folder of the controller
  std::string text;
  bool optional = false;  // a kernel that does not account swap has no file for it; then there is nothing to limit
};

// In the order in which the kernel takes them: version 1 refuses a limit with swap below the one without.
std::vector<GroupSetting> memory_settings(CgroupVersion version, const Limits& limits);
std::vector<GroupSetting> process_settings(const Limits& limits);
std::vector<GroupSetting> processor_settings(CgroupVersion version, const Limits& limits);

// Whether the kernel killed a process of the group for want of memory, from the text of memory.oom_control (version 1)
// or memory.events (version 2).
bool counts_oom_kill(std::string_view text);

}  // namespace greenroom::sandbox
