// The provider rez without rez: what is a package, the state of the folders, and what a builder's words mean.

#include <sys/stat.h>

#include <chrono>
#include <filesystem>

#include "lib/checks/providers/provider.h"
#include "lib/checks/providers/rez_paths.h"
#include "tests/support/temp_directory.h"
#include "tests/unit/checks/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace greenroom::checks {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

const std::string kPackage = "name = 'shottool'\nversion = '1.0'\nrequires = ['shotlib-1']\n";

Result<std::optional<EnvironmentPlan>> plan_of(const std::string& package, const std::string& folders,
                                               const std::string& wanted = "auto") {
  const auto settings = config::Config::load("", [&](const std::string& name) {
    if (name == "GREENROOM_ENVIRONMENTS_REZ_PACKAGES_PATH") return folders;
    return std::string(name == "GREENROOM_ENVIRONMENT_PROVIDER" ? wanted : "");
  });
  return rez_provider().plan(
      {"package.py", "python/a.py"},
      [&](std::string_view path) { return path == "package.py" ? package : std::string(); }, *settings);
}

TEST(RezPlan, IsOfAPackagePyThatRezReads) {
  for (const std::string& package :
       {kPackage, std::string("# -*- coding: utf-8 -*-\nname='x'\n\ndef commands():\n    pass\n"),
        std::string("name=\"x\"\ntests = {}\n")}) {
    const auto plan = plan_of(package, "/packages");
    ASSERT_TRUE(plan && *plan) << package;
    EXPECT_EQ((*plan)->lock, "package.py");
    EXPECT_FALSE((*plan)->network);
  }
  for (const std::string& package : {std::string("class Package:\n    name = 'x'\n    version = '1'\n"),
                                     std::string("name == 'x'.version\n"), std::string("name = 'x'\n"), std::string()})
    EXPECT_FALSE(plan_of(package, "/packages")->has_value()) << package;
}

TEST(RezPlan, BindsTheOperatorsFoldersInTheirOrder) {
  const auto plan = plan_of(kPackage, "/studio/packages,/site/packages");
  ASSERT_TRUE(plan && *plan);
  ASSERT_EQ((*plan)->binds.size(), 2u);
  EXPECT_EQ((*plan)->binds[0].from, "/studio/packages");
  EXPECT_EQ((*plan)->binds[0].to, "/opt/rez/0");
  EXPECT_EQ((*plan)->binds[1].to, "/opt/rez/1");
}

TEST(RezPlan, NeedsTheOperatorsFolders) {
  EXPECT_FALSE(plan_of(kPackage, "")->has_value()) << "another provider may fit";
  const auto refused = plan_of(kPackage, "", "rez");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::user_fault);
  EXPECT_THAT(refused.error().message, HasSubstr("environments.rez_packages_path"));
}

class RezStamp : public ::testing::Test {
 protected:
  // Times as rez leaves them, without waiting for the clock to move.
  void release(const std::string& family, const std::string& version) {
    folder_.write("packages/" + family + "/" + version + "/package.py", "name = '" + family + "'\n");
    fs::last_write_time(folder_ / ("packages/" + family), fs::file_time_type(std::chrono::seconds(++time_)));
  }
  std::string stamp() const { return rez_stamp({folder_ / "packages"}); }
  testing::TempDirectory folder_;
  std::int64_t time_ = 0;
};

TEST_F(RezStamp, IsTheSameUntilSomethingIsReleased) {
  release("shotlib", "1.0");
  release("mathlib", "1.0");
  const std::string before = stamp();
  EXPECT_EQ(stamp(), before);
  release("shotlib", "1.1");
  const std::string released = stamp();
  EXPECT_NE(released, before) << "a new version";
  release("newlib", "1.0");
  EXPECT_NE(stamp(), released) << "a new family";
  const std::string all = stamp();
  fs::remove_all(folder_ / "packages/newlib");
  EXPECT_NE(stamp(), all) << "a family that is gone";
}

TEST_F(RezStamp, DependsOnTheOrderOfTheFoldersAndBearsOneThatIsNotThere) {
  release("shotlib", "1.0");
  const std::string here = folder_ / "packages";
  EXPECT_NE(rez_stamp({here, "/no/such/folder"}), rez_stamp({"/no/such/folder", here}));
  EXPECT_EQ(rez_stamp({}).size(), 64u);
}

TEST_F(RezStamp, IsCheapForTwoThousandFamilies) {
  for (int i = 0; i < 2000; ++i) fs::create_directories(folder_ / ("packages/family" + std::to_string(i) + "/1.0"));
  auto best = std::chrono::nanoseconds::max();
  for (int i = 0; i < 10; ++i) {
    const auto began = std::chrono::steady_clock::now();
    stamp();
    best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - began);
  }
  const double ms = std::chrono::duration<double, std::milli>(best).count();
  RecordProperty("milliseconds", std::to_string(ms));
  EXPECT_LT(ms, 50) << "5 ms without sanitizers";
}

TEST(RezExplain, TakesTheBuildersLastWord) {
  const auto fault = rez_provider().explain({},
                                            "$ rez env\ngreenroom: python stopped with code 1\n"
                                            "greenroom: ENV021 package.py needs the rez package nosuch\n"
                                            "greenroom: python stopped with code 1\n");
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->code, "ENV021");
  EXPECT_EQ(fault->message, "package.py needs the rez package nosuch");
}

TEST(RezExplain, LeavesTheRestToOurSide) {
  for (const char* output : {"", "Traceback (most recent call last):\nOSError: no space\n", "greenroom: ENV021",
                             "greenroom: ENV029 x\n", "greenroom: ENV001 x\n", "greenroom: ENV02", "greenroom: \n",
                             "a greenroom: ENV021 x\n", "greenroom: ENV021  \n"})
    EXPECT_FALSE(rez_provider().explain({}, output)) << output;
}

TEST(RezExplain, BoundsWordsThatAPackageMayHaveWritten) {
  const auto fault = rez_provider().explain({}, "greenroom: ENV023 a\x1b[2Jb\xff" + std::string(5000, 'x'));
  ASSERT_TRUE(fault);
  EXPECT_LE(fault->message.size(), 410u);
  EXPECT_THAT(fault->message, HasSubstr("a\\x1b[2Jb\\xff"));
}

}  // namespace
}  // namespace greenroom::checks
