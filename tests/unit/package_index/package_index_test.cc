// The index of the tests, held to what the real pip makes of it.

#include "tests/support/package_index.h"

#include <gmock/gmock.h>

#include "lib/process/process.h"
#include "tests/support/temp_directory.h"

namespace greenroom::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class PipAtTheIndex : public ::testing::Test {
 protected:
  // A virtualenv's own pip: the machine may have no other.
  std::string run(std::vector<std::string> argv, int expected = 0) {
    process::Command command;
    command.argv = std::move(argv);
    command.directory = folder_.path();
    command.environment = {{"PATH", "/usr/bin:/bin"}, {"HOME", folder_.path()}, {"LC_ALL", "C.UTF-8"}};
    const auto outcome = process::run(command);
    if (!outcome) {
      ADD_FAILURE() << outcome.error().describe();
      return {};
    }
    const std::string printed = outcome->out.joined() + outcome->err.joined();
    EXPECT_EQ(outcome->exit_code, expected) << printed;
    return printed;
  }
  std::string install(const std::vector<std::string>& words, int expected = 0) {
    if (!made_) run({"virtualenv", "-q", "--no-download", "--python=/usr/bin/python3", "venv"});
    made_ = true;
    std::vector<std::string> argv{folder_ / "venv/bin/pip",
                                  "--isolated",
                                  "install",
                                  "--no-cache-dir",
                                  "--disable-pip-version-check",
                                  "--retries=0",
                                  "--index-url=" + index_.url()};
    argv.insert(argv.end(), words.begin(), words.end());
    return run(argv, expected);
  }

  TempDirectory folder_;
  PackageIndex index_;
  bool made_ = false;
  const Package naming_{"shot-naming",        "1.2", {{"shot_naming/__init__.py", "def main():\n    print('sh010')\n"}},
                        {"Studio.Frames>=1"}, "",    {{"naming", "shot_naming:main"}}};
  const Package frames_{"studio_frames", "1.0", {{"studio_frames.py", "FIRST = 1001\n"}}};
};

TEST_F(PipAtTheIndex, InstallsAWheelWithItsDependencyAndItsCommand) {
  index_.add(naming_);
  index_.add(frames_);
  install({"--only-binary=:all:", "shot-naming"});
  EXPECT_EQ(run({folder_ / "venv/bin/naming"}), "sh010\n");
  EXPECT_EQ(run({folder_ / "venv/bin/python", "-c", "import studio_frames; print(studio_frames.FIRST)"}), "1001\n");
  EXPECT_THAT(index_.asked(), Contains("/simple/studio-frames/"));
  EXPECT_THAT(index_.asked(), Contains("/files/shot_naming-1.2-py3-none-any.whl"));
}

TEST_F(PipAtTheIndex, HoldsAFileToItsHash) {
  const std::string digest = index_.add(frames_);
  folder_.write("locked.txt", "studio-frames==1.0 --hash=sha256:" + digest + "\n");
  install({"--require-hashes", "-r", "locked.txt"});
  index_.tamper(wheel_name(frames_));
  EXPECT_THAT(install({"--force-reinstall", "--require-hashes", "-r", "locked.txt"}, 1), HasSubstr("DO NOT MATCH"));
}

TEST_F(PipAtTheIndex, RunsTheSetupOfAnSdist) {
  index_.add_sdist(frames_);
  EXPECT_THAT(install({"--no-build-isolation", "studio-frames"}, 1), HasSubstr("ran"));
}

TEST_F(PipAtTheIndex, PassesOverAPackageForAnotherPython) {
  Package later = frames_;
  later.version = "2.0";
  later.requires_python = ">=3.99";
  index_.add(frames_);
  index_.add(later);
  EXPECT_THAT(install({"studio-frames"}), HasSubstr("studio-frames-1.0"));
}

TEST_F(PipAtTheIndex, IsToldWhenTheIndexIsNotWell) {
  index_.add(frames_);
  index_.answer_with(503);
  // Unless it is asked, pip says of such an index the same as of a package that does not exist.
  EXPECT_THAT(install({"-vv", "studio-frames"}, 1), HasSubstr("503"));
  index_.answer_with(200);
  index_.remove("Studio.Frames");
  EXPECT_THAT(install({"studio-frames"}, 1), HasSubstr("No matching distribution"));
  index_.forget();
  EXPECT_EQ(index_.requests(), 0u);
}

}  // namespace
}  // namespace greenroom::testing
