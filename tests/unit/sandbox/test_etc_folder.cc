#include "lib/sandbox/etc_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

#include "lib/base/hash.h"

namespace greenroom::sandbox {
namespace {

namespace fs = std::filesystem;

class EtcFolder : public testing::Test {
 protected:
  EtcFolder() : parent_((fs::temp_directory_path() / ("greenroom-etc-" + random_hex(8))).string()) {}
  ~EtcFolder() override { fs::remove_all(parent_); }
  std::string parent_;
};

TEST_F(EtcFolder, HoldsWhatProgramsExpectAndNothingElseOfTheMachine) {
  const auto folder = etc_folder(parent_);
  ASSERT_TRUE(folder) << folder.error().describe();
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(*folder)) names.insert(entry.path().filename());
  names.erase("ld.so.cache");  // where the machine has one
  EXPECT_THAT(names, testing::ElementsAre("alternatives", "group", "hosts", "nsswitch.conf", "passwd"));
  for (const auto& entry : fs::directory_iterator(fs::path(*folder) / "alternatives"))
    EXPECT_TRUE(entry.is_symlink()) << entry.path();
}

TEST_F(EtcFolder, IsMadeOnceForEachStateOfTheMachine) {
  const auto first = etc_folder(parent_);
  ASSERT_TRUE(first);
  const auto made = fs::last_write_time(*first);
  const auto second = etc_folder(parent_);
  ASSERT_TRUE(second);
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(fs::last_write_time(*second), made);
}

TEST_F(EtcFolder, IsThatOfTheRootFilesystemWhereThereIsOne) {
  const fs::path root = fs::path(parent_) / "root";
  fs::create_directories(root / "etc/alternatives");
  std::ofstream(root / "etc/ld.so.cache") << "a cache";
  std::ofstream(root / "etc/shadow") << "a secret";
  fs::create_symlink("/usr/bin/mawk", root / "etc/alternatives/awk");
  const auto folder = etc_folder(parent_, root);
  ASSERT_TRUE(folder) << folder.error().describe();
  EXPECT_NE(*folder, *etc_folder(parent_)) << "the machine's";
  std::ifstream cache(fs::path(*folder) / "ld.so.cache");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(cache), {}), "a cache");
  EXPECT_EQ(std::distance(fs::directory_iterator(fs::path(*folder) / "alternatives"), fs::directory_iterator()), 1);
  EXPECT_FALSE(fs::exists(fs::path(*folder) / "shadow"));
}

TEST_F(EtcFolder, OneOfManyAskersMakesItAndAllGetIt) {
  std::vector<Result<std::string>> answers(8, Result<std::string>(""));
  {
    std::vector<std::jthread> askers;
    for (auto& answer : answers) askers.emplace_back([&] { answer = etc_folder(parent_); });
  }
  for (const auto& answer : answers) {
    ASSERT_TRUE(answer) << answer.error().describe();
    EXPECT_EQ(*answer, *answers[0]);
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(parent_), fs::directory_iterator()), 1) << "an unfinished one is left";
}

TEST_F(EtcFolder, SaysWhereItCannotBeMade) {
  std::ofstream(parent_) << "a file where the folder should be";
  const auto folder = etc_folder(parent_ + "/scratch");
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().kind, ErrorKind::transient);
  EXPECT_THAT(folder.error().message, testing::HasSubstr(parent_ + "/scratch/etc-"));
}

}  // namespace
}  // namespace greenroom::sandbox
