#include "lib/sandbox/cgroup_settings.h"

#include <algorithm>

#include "lib/base/text.h"

namespace greenroom::sandbox {

std::vector<GroupSetting> memory_settings(CgroupVersion version, const Limits& limits) {
  const std::string bytes = std::to_string(limits.memory_bytes);
  if (version == CgroupVersion::v1)
    return {{"memory.limit_in_bytes", bytes}, {"memory.memsw.limit_in_bytes", bytes, true}};
  return {{"memory.max", bytes}, {"memory.swap.max", "0", true}, {"memory.oom.group", "1"}};
}

std::vector<GroupSetting> process_settings(const Limits& limits) {
  return {{"pids.max", std::to_string(limits.processes)}};
}

std::vector<GroupSetting> processor_settings(CgroupVersion version, const Limits& limits) {
  constexpr int kPeriod = 100'000;  // microseconds, the kernel's usual one
  const std::string quota = std::to_string(kPeriod / 100 * limits.cpu_percent), period = std::to_string(kPeriod);
  if (version == CgroupVersion::v1) return {{"cpu.cfs_period_us", period}, {"cpu.cfs_quota_us", quota}};
  return {{"cpu.max", quota + " " + period}};
}

bool counts_oom_kill(std::string_view text) {
  const auto lines = split_lines(text);
  return std::any_of(lines.begin(), lines.end(),
                     [](std::string_view line) { return line.starts_with("oom_kill ") && line != "oom_kill 0"; });
}

}  // namespace greenroom::sandbox
