#include "lib/environment/cache.h"

#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "lib/environment/tree.h"
#include "tests/support/wait.h"
#include "tests/unit/environment/fixture.h"

namespace greenroom::environment {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

const std::string kOne(64, 'a'), kTwo(64, 'b'), kThree(64, 'c');

class CacheTest : public ::testing::Test {
 protected:
  Cache::Kept put(const std::string& key, std::uint64_t bytes = 100) {
    auto building = cache.begin(key).value();
    std::ofstream(building.tree() + "/file") << key;
    return cache.keep(key, std::move(building), {{"/usr/bin/python3", {}, {}}, {}, bytes, 0}).value();
  }
  void used(const std::string& key, int hours_ago) {
    fs::last_write_time(folder / (key + "/manifest.json"),
                        fs::file_time_type::clock::now() - std::chrono::hours(hours_ago));
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder.path()))
      if (entry.path().filename() != "locks") all.push_back(entry.path().filename());
    std::ranges::sort(all);
    return all;
  }

  testing::TempDirectory folder;
  testing::FakeClock clock;
  const Cache cache{folder.path(), clock};
};

TEST_F(CacheTest, KeepsWhatWasBuilt) {
  EXPECT_FALSE(cache.find(kOne));
  put(kOne);
  const auto kept = cache.find(kOne);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->tree, folder / (kOne + "/tree"));
  EXPECT_EQ(folder.read(kOne + "/tree/file"), kOne);
  EXPECT_FALSE(fs::exists(folder / (kOne + "/sources")));
}

TEST_F(CacheTest, LetsNobodyElseReachWhatIsBuiltOrKept) {
  const auto open_to_others = [](const fs::path& path) {
    return (fs::status(path).permissions() & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none;
  };
  auto building = cache.begin(kOne).value();
  EXPECT_FALSE(open_to_others(building.path));
  const auto kept = cache.keep(kOne, std::move(building), {{"/usr/bin/python3", {}, {}}, {}, 1, 0}).value();
  EXPECT_FALSE(open_to_others(fs::path(kept.tree).parent_path()));
}

TEST_F(CacheTest, TakesNothingForWholeThatACrashLeft) {
  {
    auto building = cache.begin(kOne).value();
    std::ofstream(building.tree() + "/file") << "half";
  }  // the process ends here: its lock goes, its folder stays
  EXPECT_FALSE(cache.find(kOne));
  EXPECT_EQ(names().size(), 1u);
  const auto under_way = cache.begin(kTwo).value();
  cache.make_room(1000);
  EXPECT_THAT(names(), ::testing::ElementsAre(HasSubstr("building-bbbb"))) << "that one is still being built";
}

TEST_F(CacheTest, GivesTheLeastRecentlyUsedAway) {
  put(kOne), put(kTwo), put(kThree);
  used(kOne, 1), used(kTwo, 3), used(kThree, 2);
  cache.make_room(250);
  EXPECT_THAT(names(), ::testing::ElementsAre(kOne, kThree));
  ASSERT_TRUE(cache.find(kThree));  // used now
  cache.make_room(150);
  EXPECT_THAT(names(), ::testing::ElementsAre(kThree));
}

TEST_F(CacheTest, NeverGivesAwayWhatAJobUses) {
  put(kOne), put(kTwo);
  used(kOne, 5), used(kTwo, 1);
  const auto job = cache.find(kOne);
  used(kOne, 5);
  cache.make_room(0);
  EXPECT_THAT(names(), ::testing::ElementsAre(kOne));
}

TEST_F(CacheTest, PutsANewTreeInTheOldOnesPlace) {
  put(kOne);
  const auto job = cache.find(kOne);
  auto building = cache.begin(kOne).value();
  std::ofstream(building.tree() + "/file") << "new";
  ASSERT_TRUE(cache.keep(kOne, std::move(building), {{"/usr/bin/python3", {}, {}}, {}, 1, 0}));
  EXPECT_EQ(folder.read(kOne + "/tree/file"), "new");
  EXPECT_EQ(names().size(), 2u) << "a job may still use the old one";
  cache.make_room(1000);
  EXPECT_EQ(names().size(), 2u);
}

TEST_F(CacheTest, RemovesTheOldTreeOnceNobodyUsesIt) {
  put(kOne);
  put(kOne);
  EXPECT_THAT(names(), ::testing::ElementsAre(kOne));
}

TEST_F(CacheTest, LetsOneBuildAtATime) {
  auto first = cache.lock(kOne, {});
  ASSERT_TRUE(first);
  const auto impatient = cache.lock(kOne, [] { return true; });
  ASSERT_FALSE(impatient);
  EXPECT_EQ(impatient.error().message, "cancelled");
  std::atomic<bool> waits = false, has_it = false;
  std::jthread second([&] {
    const auto lock = cache.lock(kOne, [&] {
      waits = true;
      return false;
    });
    has_it = static_cast<bool>(lock);
  });
  EXPECT_TRUE(testing::wait_until([&] { return waits.load(); }));
  EXPECT_FALSE(has_it);
  first->reset();
  EXPECT_TRUE(testing::wait_until([&] { return has_it.load(); }));
}

TEST_F(CacheTest, RemembersAFaultForSomeMinutes) {
  EXPECT_FALSE(cache.fault(kOne));
  cache.remember(kOne, {"ENV001", "it is not there"});
  ASSERT_TRUE(cache.fault(kOne));
  EXPECT_EQ(cache.fault(kOne)->message, "it is not there");
  EXPECT_FALSE(cache.fault(kTwo));
  clock.advance(kFaultRemembered + std::chrono::seconds(1));
  EXPECT_FALSE(cache.fault(kOne));
}

std::string objection(const testing::TempDirectory& folder, std::uint64_t most = 1u << 20) {
  const auto checked = check_tree(folder.path(), most);
  return checked ? "" : checked.error().message;
}

TEST(EnvironmentTree, OfPlainFilesFoldersAndLinksMayBeKept) {
  testing::TempDirectory folder;
  folder.write("lib/a.py", "x = 1\n");
  fs::create_symlink("/etc/shadow", folder / "link");
  EXPECT_EQ(objection(folder), "");
}

TEST(EnvironmentTree, WithSpecialFilesOrRightsMayNot) {
  for (const mode_t mode : {04755, 02755}) {
    testing::TempDirectory folder;
    folder.write("program", "");
    ::chmod((folder / "program").c_str(), mode);
    EXPECT_THAT(objection(folder), HasSubstr("special rights"));
  }
  testing::TempDirectory fifo;
  ::mkfifo((fifo / "fifo").c_str(), 0600);
  EXPECT_THAT(objection(fifo), HasSubstr("no plain file"));
}

TEST(EnvironmentTree, IsNoLargerThanItMayBe) {
  testing::TempDirectory folder;
  folder.write("large", std::string(200'000, 'x'));
  EXPECT_THAT(objection(folder, 100'000), HasSubstr("larger than"));
  EXPECT_GT(bytes_below(folder.path(), 1u << 20), 190'000u);
}

}  // namespace
}  // namespace greenroom::environment
