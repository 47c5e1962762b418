#include <gtest/gtest.h>

#include "lib/sandbox/cgroup_settings.h"

namespace greenroom::sandbox {
namespace {

// "file=text", with a question mark where the kernel may lack the file.
std::vector<std::string> words(const std::vector<GroupSetting>& settings) {
  std::vector<std::string> all;
  for (const auto& [file, text, optional] : settings) all.push_back(file + (optional ? "?=" : "=") + text);
  return all;
}

Limits small() {
  Limits limits;
  limits.memory_bytes = 64u << 20;
  limits.processes = 20;
  limits.cpu_percent = 150;
  return limits;
}

using Words = std::vector<std::string>;

TEST(CgroupSettings, OfVersionTwoForbidSwapAndEndTheWholeGroup) {
  EXPECT_EQ(words(memory_settings(CgroupVersion::v2, small())),
            (Words{"memory.max=67108864", "memory.swap.max?=0", "memory.oom.group=1"}));
  EXPECT_EQ(words(process_settings(small())), Words{"pids.max=20"});
  EXPECT_EQ(words(processor_settings(CgroupVersion::v2, small())), Words{"cpu.max=150000 100000"});
}

TEST(CgroupSettings, OfVersionOneSetTheLimitBeforeTheOneWithSwap) {
  EXPECT_EQ(words(memory_settings(CgroupVersion::v1, small())),
            (Words{"memory.limit_in_bytes=67108864", "memory.memsw.limit_in_bytes?=67108864"}));
  EXPECT_EQ(words(processor_settings(CgroupVersion::v1, small())),
            (Words{"cpu.cfs_period_us=100000", "cpu.cfs_quota_us=150000"}));
}

TEST(CgroupSettings, CountAKillOfEitherVersion) {
  EXPECT_TRUE(counts_oom_kill("oom_kill_disable 0\nunder_oom 0\noom_kill 2\n"));
  EXPECT_TRUE(counts_oom_kill("low 0\nhigh 0\nmax 31\noom 3\noom_kill 1\noom_group_kill 1\n"));
  EXPECT_FALSE(counts_oom_kill("low 0\nhigh 0\nmax 31\noom 3\noom_kill 0\noom_group_kill 0\n"));
  EXPECT_FALSE(counts_oom_kill("oom_kill_disable 1\n"));
  EXPECT_FALSE(counts_oom_kill(""));
}

}  // namespace
}  // namespace greenroom::sandbox
