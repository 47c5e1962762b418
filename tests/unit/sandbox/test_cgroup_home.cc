#include <gtest/gtest.h>

#include "lib/sandbox/cgroup.h"

namespace greenroom::sandbox {
namespace {

constexpr const char* kUnifiedMounts =
    "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";
constexpr const char* kHybridMounts =
    "31 30 0:27 / /sys/fs/cgroup/memory rw shared:10 - cgroup cgroup rw,memory\n"
    "32 30 0:28 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n"
    "35 30 0:31 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
    "33 30 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
    "34 30 0:30 / /proc rw - proc proc rw\n";

TEST(CgroupHomes, AreFoundInTheUnifiedHierarchy) {
  const auto homes = cgroup_homes("0::/system.slice/greenroom-runner.service\n", kUnifiedMounts);
  ASSERT_EQ(homes.size(), 1u);
  EXPECT_EQ(homes[0].version, CgroupVersion::v2);
  EXPECT_EQ(homes[0].memory, "/sys/fs/cgroup/system.slice/greenroom-runner.service");
  EXPECT_EQ(homes[0].pids, homes[0].memory);
}

TEST(CgroupHomes, PreferTheOldControllersWhereBothAreMounted) {
  const auto homes = cgroup_homes("8:pids:/\n4:memory:/jobs:odd\n2:cpu,cpuacct:/a\n0::/\n", kHybridMounts);
  ASSERT_EQ(homes.size(), 2u);
  EXPECT_EQ(homes[0].version, CgroupVersion::v1);
  EXPECT_EQ(homes[0].memory, "/sys/fs/cgroup/memory/jobs:odd");
  EXPECT_EQ(homes[0].pids, "/sys/fs/cgroup/pids");
  EXPECT_EQ(homes[0].cpu, "/sys/fs/cgroup/cpu,cpuacct/a");
  EXPECT_EQ(homes[1].memory, "/sys/fs/cgroup/unified");
}

TEST(CgroupHomes, OfARunnerInItsLeafAreAboveIt) {
  const auto homes = cgroup_homes("0::/greenroom/greenroom-runner\n", kUnifiedMounts);
  ASSERT_EQ(homes.size(), 1u);
  EXPECT_EQ(homes[0].memory, "/sys/fs/cgroup/greenroom");
  EXPECT_EQ(homes[0].cpu, homes[0].memory);
}

TEST(CgroupHomes, NeedNoCpuController) {
  const auto homes = cgroup_homes("8:pids:/\n4:memory:/\n", kHybridMounts);
  ASSERT_EQ(homes.size(), 1u);
  EXPECT_EQ(homes[0].cpu, "");
}

TEST(CgroupHomes, FollowAContainersPartialMount) {
  const auto homes =
      cgroup_homes("0::/pod/container/inner\n", "30 23 0:26 /pod/container /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  ASSERT_EQ(homes.size(), 1u);
  EXPECT_EQ(homes[0].memory, "/sys/fs/cgroup/inner");
  EXPECT_TRUE(cgroup_homes("0::/elsewhere\n", "30 23 0:26 /pod /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n").empty());
}

TEST(CgroupHomes, AreNoneWithoutMountsOrFromRubbish) {
  EXPECT_TRUE(cgroup_homes("0::/\n", "").empty());
  EXPECT_TRUE(cgroup_homes("", kUnifiedMounts).empty());
  EXPECT_TRUE(cgroup_homes("rubbish\n::\n", "rubbish - \n- - - - - -\n").empty());
}

}  // namespace
}  // namespace greenroom::sandbox
