#include "lib/base/remove_tree.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "lib/base/fd.h"
#include "tests/support/temp_directory.h"

namespace greenroom {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class RemoveTree : public ::testing::Test {
 protected:
  // d/d/d/… with a file at each level, far beyond what a path may hold.
  void make_deep(const std::string& root, int levels) const {
    ASSERT_EQ(::mkdir(root.c_str(), 0755), 0);
    Fd at(::open(root.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
    for (int level = 0; level < levels; ++level) {
      ASSERT_EQ(::mkdirat(at.get(), "d", 0755), 0);
      const Fd file(::openat(at.get(), "file", O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
      at = Fd(::openat(at.get(), "d", O_DIRECTORY | O_RDONLY | O_CLOEXEC));
      ASSERT_TRUE(at);
    }
  }
  bool is_there(std::string_view name) const { return fs::exists(fs::symlink_status(folder / name)); }

  testing::TempDirectory folder;
};

TEST_F(RemoveTree, IsAsDeepAsItLikesWithFewDescriptors) {
  make_deep(folder / "deep", 5000);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit few{32, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  const auto removed = remove_tree(folder / "deep");
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_TRUE(removed) << removed.error().describe();
  EXPECT_FALSE(is_there("deep"));
}

TEST_F(RemoveTree, GoesThroughFoldersWithoutPermissionsAndNamesThatItUsesItself) {
  for (const char* name :
       {"top/a/b/c/file", "top/a/.moved-0/file", "top/.moved-0/x/file", "top/.moved-1", "top/-rf/\xff\n/file"})
    folder.write(name, "x");
  for (const char* name : {"top/a/b/c", "top/a/b", "top/a/.moved-0", "top/a", "top/.moved-0/x", "top"})
    fs::permissions(folder / name, fs::perms::none);
  const auto removed = remove_tree(folder / "top");
  EXPECT_TRUE(removed) << removed.error().describe();
  EXPECT_FALSE(is_there("top"));
}

TEST_F(RemoveTree, FollowsNoSymlink) {
  folder.write("kept/inner/file", "x");
  fs::create_directories(folder / "gone/deeper");
  for (const char* link : {"gone/link", "gone/deeper/link", "alone"})
    fs::create_directory_symlink(folder / "kept", folder / link);
  EXPECT_TRUE(remove_tree(folder / "gone"));
  EXPECT_TRUE(remove_tree(folder / "alone"));
  EXPECT_FALSE(is_there("gone"));
  EXPECT_FALSE(is_there("alone"));
  EXPECT_EQ(folder.read("kept/inner/file"), "x");
}

TEST_F(RemoveTree, TakesAFileAndNothingAtAll) {
  folder.write("file", "x");
  EXPECT_TRUE(remove_tree(folder / "file"));
  EXPECT_FALSE(is_there("file"));
  EXPECT_TRUE(remove_tree(folder / "file"));
  EXPECT_TRUE(remove_tree(folder / "no/such/folder"));
}

TEST_F(RemoveTree, SaysWhatStays) {
  const auto stays = remove_tree("/proc/self/task");
  ASSERT_FALSE(stays);
  EXPECT_EQ(stays.error().kind, ErrorKind::transient);
  EXPECT_THAT(stays.error().message, HasSubstr("/proc/self/task"));
}

}  // namespace
}  // namespace greenroom
