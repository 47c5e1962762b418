// A fetch that is no longer wanted ends at once and leaves nothing.
#include <fcntl.h>
#include <sys/file.h>

#include "git_fixture.h"
#include "lib/base/clock.h"
#include "lib/base/fd.h"
#include "lib/git/mirror.h"
#include "lib/git/mirror_refs.h"
#include "stalling_host.h"

namespace greenroom::git {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class CancelledFetch : public GitFixture {
 protected:
  std::string mirror() const { return path("cache/mirror.git"); }
  std::string commit_of_noise() {
    std::string noise;
    while (noise.size() < (1u << 20)) noise += random_bytes(4096);
    return commit({{"noise", noise}});
  }
  std::vector<std::string> leftovers() const {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(mirror(), ignored)) {
      const std::string name = entry.path().filename();
      if (name.starts_with("tmp_") || name.ends_with(".lock") || name.ends_with(".keep")) names.push_back(entry.path());
    }
    return names;
  }
  // Processes whose arguments or working directory name the mirror.
  int processes() const {
    int count = 0;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/proc", ignored)) {
      const bool named = content_of(entry.path() / "cmdline").find(mirror()) != std::string::npos;
      count += named || fs::read_symlink(entry.path() / "cwd", ignored) == mirror() ? 1 : 0;
    }
    return count;
  }
};

TEST_F(CancelledFetch, EndsWhileTheHostStallsAndLeavesNothing) {
  const std::string sha = commit_of_noise();
  StallingHost host(source());
  const FetchSource from{host.url(), "http", Secret()};
  FetchLimits limits;
  // Once the first half of the pack is being written.
  limits.cancelled = [&] { return host.stalls() && !leftovers().empty(); };
  const auto fetched = fetch_commits(mirror(), from, {sha}, limits);
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::transient);
  EXPECT_EQ(fetched.error().message, "git fetch was cancelled");
  EXPECT_EQ(leftovers(), std::vector<std::string>());
  EXPECT_EQ(processes(), 0);
  host.relent();
  const auto again = fetch_commits(mirror(), from, {sha});
  EXPECT_TRUE(again) << again.error().describe();
}

TEST_F(CancelledFetch, DoesNotWaitForAnotherFetchIntoItsMirror) {
  const std::string sha = commit({{"a", "1"}});
  fs::create_directories(path("cache"));
  const Fd other(::open((mirror() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  ASSERT_EQ(::flock(other.get(), LOCK_EX), 0);
  FetchLimits limits;
  limits.cancelled = [] { return true; };
  const auto fetched = fetch_commits(mirror(), {url(), "file", Secret()}, {sha}, limits);
  ASSERT_FALSE(fetched);
  EXPECT_NE(fetched.error().message.find("another fetch"), std::string::npos) << fetched.error().describe();
}

TEST_F(CancelledFetch, WhatAKilledRunnerLeftStopsNoLaterFetch) {
  const std::string sha = commit({{"a", "1"}});
  ASSERT_TRUE(make_mirror(mirror()));
  fs::create_directories(mirror() + "/refs/greenroom");
  const std::vector<std::string> left{"/" + keeper_of(sha) + ".lock", "/packed-refs.lock", "/objects/pack/tmp_pack_x",
                                      "/objects/pack/pack-x.keep"};
  for (const std::string& name : left) std::ofstream(mirror() + name) << "half";
  const auto fetched = fetch_commits(mirror(), {url(), "file", Secret()}, {sha});
  EXPECT_TRUE(fetched) << fetched.error().describe();
  EXPECT_EQ(leftovers(), std::vector<std::string>());
}

}  // namespace
}  // namespace greenroom::git
