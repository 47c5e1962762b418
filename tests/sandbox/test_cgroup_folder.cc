// A folder of version 2 on this machine's kernel. It needs no controller: also where version 1 has them all, the
// unified hierarchy that `./dev test` delegates beside them can end a group.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <optional>

#include "lib/base/hash.h"
#include "lib/sandbox/cgroup_folder.h"

namespace greenroom::sandbox {
namespace {

class CgroupFolders : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto& each :
         cgroup_homes(read_group_file("/proc/self/cgroup"), read_group_file("/proc/self/mountinfo"))) {
      if (each.version == CgroupVersion::v2 && ::access(each.memory.c_str(), W_OK) == 0) home_ = each.memory;
    }
    if (home_.empty()) GTEST_SKIP() << "no group of version 2 is delegated to this user";
    auto made = CgroupFolder::make(home_, "greenroom-folder-" + random_hex(8));
    ASSERT_TRUE(made) << made.error().describe();
    folder_.emplace(std::move(*made));
  }

  std::string home_;
  std::optional<CgroupFolder> folder_;
};

// Joins, and a child of its own with it; both say so and would wait for ever, and hold `said` open while they live.
[[noreturn]] void dwell(int entrance, int said) {
  if (::write(entrance, "0", 1) != 1) ::_exit(1);
  for (const int sign : {SIGTERM, SIGINT, SIGHUP}) ::signal(sign, SIG_IGN);
  static_cast<void>(::fork());
  if (::write(said, "x", 1) != 1) ::_exit(1);
  for (;;) ::pause();
}

TEST_F(CgroupFolders, EndEveryProcessInThemAndAreGone) {
  const std::string path = folder_->path();
  if (folder_->text_of("cgroup.events").empty() || !std::filesystem::exists(path + "/cgroup.kill"))
    GTEST_SKIP() << "this kernel cannot kill a group (Linux 5.14 does)";
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) dwell(folder_->entrance(), ends[1]);
  ::close(ends[1]);
  char byte = 0;
  ASSERT_EQ(::read(ends[0], &byte, 1), 1) << "it cannot join";
  ASSERT_EQ(::read(ends[0], &byte, 1), 1) << "nor its child";
  folder_.reset();
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  EXPECT_EQ(::read(ends[0], &byte, 1), 0) << "the child's child is alive";
  ::close(ends[0]);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(CgroupFolders, SayWhichFileRefusedALimit) {
  const auto refused = folder_->set({{"no.such.file", "1", true}, {"cgroup.type", "rubbish"}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.substr(0, 26), "limit cgroup, cgroup.type:");
}

}  // namespace
}  // namespace greenroom::sandbox
