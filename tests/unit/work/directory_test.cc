#include "lib/work/directory.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <filesystem>
#include <optional>

#include "lib/work/crash_point.h"
#include "tests/support/temp_directory.h"

namespace greenroom::work {
namespace {

using testing::TempDirectory;

TEST(SlotDirectory, BelongsToOneHolder) {
  const TempDirectory root;
  const auto first = SlotDirectory::take(root.path());
  const auto second = SlotDirectory::take(root.path());
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->path(), second->path());
}

TEST(SlotDirectory, IsUsedAgainWithoutWhatAKilledJobLeft) {
  const TempDirectory root;
  std::string path;
  {
    const auto killed = SlotDirectory::take(root.path());
    ASSERT_TRUE(killed);
    path = killed->path();
    root.write(path.substr(root.path().size() + 1) + "/scratch/tmp/left", "over");
    root.write(path.substr(root.path().size() + 1) + "/5/kept", "a checkout stays: it is brought up to date");
  }
  const auto next = SlotDirectory::take(root.path());
  ASSERT_TRUE(next);
  EXPECT_EQ(next->path(), path);
  EXPECT_TRUE(std::filesystem::is_empty(next->scratch()));
  EXPECT_TRUE(std::filesystem::exists(path + "/5/kept"));
}

// What a killed job left may be deeper than a process may hold descriptors.
TEST(SlotDirectory, IsUsedAgainHoweverDeepAKilledJobWent) {
  const TempDirectory root;
  const std::string scratch = SlotDirectory::take(root.path()).value().scratch();
  Fd at(::open(scratch.c_str(), O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  for (int level = 0; level < 3000; ++level) {
    ASSERT_EQ(::mkdirat(at.get(), "d", 0755), 0);
    at = Fd(::openat(at.get(), "d", O_DIRECTORY | O_RDONLY | O_CLOEXEC));
  }
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit usual{1024, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &usual), 0);
  const auto next = SlotDirectory::take(root.path());
  ::setrlimit(RLIMIT_NOFILE, &before);
  ASSERT_TRUE(next) << next.error().describe();
  EXPECT_EQ(next->scratch(), scratch);
  EXPECT_TRUE(std::filesystem::is_empty(scratch));
}

TEST(SlotDirectory, PassesOverAFolderThatCannotBeUsed) {
  const TempDirectory root;
  root.write("slots/0", "a file where the folder should be");
  const auto slot = SlotDirectory::take(root.path());
  ASSERT_TRUE(slot) << slot.error().describe();
  EXPECT_EQ(slot->path(), root / "slots/1");
}

TEST(SlotDirectory, SaysWhichFolderCannotBeMade) {
  const TempDirectory root;
  root.write("file", "");
  const auto slot = SlotDirectory::take(root / "file");
  ASSERT_FALSE(slot);
  EXPECT_EQ(slot.error().kind, ErrorKind::transient);
  EXPECT_NE(slot.error().message.find(root / "file"), std::string::npos);
}

TEST(EnoughSpace, ComparesWithWhatIsFree) {
  const TempDirectory root;
  EXPECT_TRUE(enough_space(root.path(), 1));
  const auto full = enough_space(root.path(), 1ull << 60);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, ErrorKind::transient);
  EXPECT_NE(full.error().message.find("is full"), std::string::npos);
  EXPECT_FALSE(enough_space(root / "missing", 1));
}

TEST(CrashPoint, EndsTheProcessAtTheNamedPointOnly) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        ::setenv("GREENROOM_CRASH_AT", "begun", 1);
        crash_point("fetched");
        crash_point("begun");
        std::exit(0);
      },
      ::testing::ExitedWithCode(137), "");
}

}  // namespace
}  // namespace greenroom::work
