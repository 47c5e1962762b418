#include "lib/git/mirror.h"

#include <sys/stat.h>

#include <atomic>
#include <memory>
#include <thread>

#include "git_fixture.h"
#include "lib/git/fetch_settings.h"
#include "lib/git/mirror_refs.h"
#include "lib/git/repository.h"
#include "lib/http/server.h"

namespace greenroom::git {
namespace {

namespace fs = std::filesystem;

class MirrorTest : public GitFixture {
 protected:
  std::string mirror() const { return path("cache/mirror.git"); }
  FetchSource from_source() const { return {url(), "file", Secret()}; }
  Result<void> fetch(const std::vector<std::string>& shas, const FetchLimits& limits = {}) {
    return fetch_commits(mirror(), from_source(), shas, limits);
  }
  bool has(const std::string& sha) const {
    const auto repository = Repository::open(mirror());
    return repository && repository->has_commit(sha);
  }
};

constexpr const char* kNowhere = "0123456789012345678901234567890123456789";

TEST_F(MirrorTest, FetchesCommitsThatNoBranchNames) {
  const std::string base = commit({{"a", "1"}});
  const std::string head = commit({{"a", "2"}}, {base});
  const auto fetched = fetch({head, base});
  ASSERT_TRUE(fetched) << fetched.error().describe();
  EXPECT_TRUE(has(head));
  EXPECT_EQ(Repository::open(mirror())->file(head, "a").value(), "2");
  EXPECT_EQ(Repository::open(mirror())->merge_base(head, base).value(), base);
}

TEST_F(MirrorTest, FetchesIncrementally) {
  const std::string one = commit({{"a", "1"}});
  ASSERT_TRUE(fetch({one}));
  const std::string two = commit({{"a", "2"}}, {one});
  ASSERT_TRUE(fetch({two}));
  EXPECT_TRUE(has(one) && has(two));
}

TEST_F(MirrorTest, DoesNothingWhenAllIsThere) {
  const std::string sha = commit({{"a", "1"}});
  ASSERT_TRUE(fetch({sha}));
  fs::remove_all(source());
  EXPECT_TRUE(fetch({sha})) << "must not ask the host again";
  EXPECT_FALSE(fetch({kNowhere}));
}

TEST_F(MirrorTest, FetchesAgainWhatWasOnlyFoundOnTheWay) {
  // The parent came with the child; asking for it by name is still answered.
  const std::string parent = commit({{"a", "1"}});
  const std::string child = commit({{"a", "2"}}, {parent});
  ASSERT_TRUE(fetch({child}));
  EXPECT_TRUE(fetch({parent}));
}

TEST_F(MirrorTest, SaysWhenTheHostDoesNotHaveTheCommit) {
  commit({{"a", "1"}});
  const auto fetched = fetch({kNowhere});
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::not_found) << fetched.error().describe();
}

TEST_F(MirrorTest, SaysWhenTheObjectIsNotACommit) {
  const auto fetched = fetch({blob("only a file")});
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::not_found) << fetched.error().describe();
}

TEST_F(MirrorTest, SaysWhenThereIsNoRepository) {
  const auto fetched = fetch_commits(mirror(), {"file://" + path("nothing"), "file", Secret()}, {kNowhere});
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::not_found) << fetched.error().describe();
}

TEST_F(MirrorTest, SpeaksOnlyTheProtocolsAllowed) {
  const std::string sha = commit({{"a", "1"}});
  for (const char* address : {"ext::sh -c touch% /tmp/x", "ssh://-oProxyCommand=x/y", "http://127.0.0.1:1/x", "",
                              "--upload-pack=x", "git://127.0.0.1/x"}) {
    const auto fetched = fetch_commits(mirror(), {address, "file", Secret()}, {sha});
    ASSERT_FALSE(fetched) << address;
    EXPECT_EQ(fetched.error().kind, ErrorKind::rejected) << address;
  }
  const auto fetched = fetch_commits(mirror(), {url(), "https:ssh", Secret()}, {sha});
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::rejected);
}

// A host that sends the fetch elsewhere could make it reach what only this machine can.
TEST_F(MirrorTest, FollowsNoRedirect) {
  const std::string sha = commit({{"a", "1"}});
  std::atomic<int> asked = 0;
  const auto elsewhere = http::Server::start({}, [&](http::Request, std::shared_ptr<http::Responder> to) {
    ++asked;
    to->send({200, {}, ""});
  });
  const std::string target = "http://127.0.0.1:" + std::to_string((*elsewhere)->port());
  const auto host = http::Server::start({}, [&](const http::Request& request, std::shared_ptr<http::Responder> to) {
    to->send({302, {{"Location", target + request.target}}, ""});
  });
  const std::string address = "http://127.0.0.1:" + std::to_string((*host)->port()) + "/repository";
  EXPECT_FALSE(fetch_commits(mirror(), {address, "http", Secret()}, {sha}));
  EXPECT_EQ(asked, 0);
}

TEST_F(MirrorTest, TakesNothingButCommitIds) {
  for (const char* name : {"HEAD", "refs/heads/main", "--all", "", "0123"}) {
    const auto fetched = fetch({name});
    ASSERT_FALSE(fetched) << name;
    EXPECT_EQ(fetched.error().kind, ErrorKind::bug) << name;
  }
}

TEST_F(MirrorTest, RefusesObjectsThatGitsOwnCheckRefuses) {
  const std::string tree = raw_tree({{"40000", ".git", raw_tree({{"100644", "config", blob("evil")}})}});
  const auto fetched = fetch({commit_tree(tree)});
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::user_fault) << fetched.error().describe();
}

TEST_F(MirrorTest, StopsAtThePackLimit) {
  std::string noise;
  while (noise.size() < (1u << 20)) noise += random_bytes(4096);
  const std::string sha = commit({{"noise", noise}});
  FetchLimits limits;
  limits.pack_bytes = 100'000;
  const auto fetched = fetch({sha}, limits);
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::user_fault) << fetched.error().describe();
  EXPECT_TRUE(fetch({sha})) << "the failed fetch must not spoil the mirror";
}

TEST_F(MirrorTest, StopsAtTheWallClock) {
  const std::string sha = commit({{"a", "1"}});
  FetchLimits limits;
  limits.wall = std::chrono::seconds(0);
  const auto fetched = fetch({sha}, limits);
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::transient);
}

TEST_F(MirrorTest, RunsNoHookOfTheMirror) {
  const std::string sha = commit({{"a", "1"}});
  ASSERT_TRUE(make_mirror(mirror()));
  fs::create_directories(mirror() + "/hooks");
  for (const char* hook : {"reference-transaction", "post-update", "pre-auto-gc", "post-checkout"}) {
    const std::string file = mirror() + "/hooks/" + hook;
    std::ofstream(file) << "#!/bin/sh\ntouch " << path("hook-ran") << "\n";
    ::chmod(file.c_str(), 0755);
  }
  ASSERT_TRUE(fetch({sha}));
  EXPECT_FALSE(fs::exists(path("hook-ran")));
}

// A repository that keeps some of its objects elsewhere would fetch them when asked for them, with a command of its
// own.
TEST_F(MirrorTest, MakesARepositoryFetchNothingOnItsSide) {
  const std::string missing = blob("kept elsewhere"), sha = commit({{"a", "kept elsewhere"}});
  git({"clone", "--quiet", "--bare", source(), path("elsewhere.git")});
  in_source({"config", "core.repositoryFormatVersion", "1"});
  in_source({"config", "extensions.partialClone", "origin"});
  in_source({"config", "remote.origin.url", "file://" + path("elsewhere.git")});
  in_source({"config", "remote.origin.promisor", "true"});
  in_source({"config", "remote.origin.uploadpack", "touch " + path("ran") + "; git-upload-pack"});
  ASSERT_TRUE(fs::remove(source() + "/objects/" + missing.substr(0, 2) + "/" + missing.substr(2)));
  EXPECT_FALSE(fetch({sha}));
  EXPECT_FALSE(fs::exists(path("ran")));
}

TEST_F(MirrorTest, DoesNotFetchSubmodules) {
  const std::string sha =
      commit({{".gitmodules", "[submodule \"m\"]\n\tpath = m\n\turl = ext::sh -c touch% " + path("ran") + "\n"},
              {"m", kNowhere, "160000"}});
  const auto fetched = fetch({sha});
  // git's own check may refuse such a .gitmodules; what matters is that nothing ran.
  EXPECT_TRUE(fetched || fetched.error().kind == ErrorKind::user_fault);
  EXPECT_FALSE(fs::exists(path("ran")));
}

TEST_F(MirrorTest, ReadsNoConfigurationOfTheUser) {
  const std::string sha = commit({{"a", "1"}});
  std::ofstream(path(".gitconfig")) << "[url \"ext::sh -c touch% " << path("ran") << " \"]\n\tinsteadOf = file://\n";
  ::setenv("GIT_CONFIG_COUNT", "1", 1);
  ::setenv("GIT_CONFIG_KEY_0", "core.sshCommand", 1);
  ::setenv("GIT_CONFIG_VALUE_0", "false", 1);
  const char* home = ::getenv("HOME");
  const std::string before = home == nullptr ? "" : home;
  ::setenv("HOME", root_.c_str(), 1);
  const auto fetched = fetch({sha});
  ::setenv("HOME", before.c_str(), 1);
  ::unsetenv("GIT_CONFIG_COUNT");
  EXPECT_TRUE(fetched);
  EXPECT_FALSE(fs::exists(path("ran")));
}

TEST_F(MirrorTest, ManyThreadsMayFetchIntoOneMirror) {
  const std::string base = commit({{"a", "0"}});
  std::vector<std::string> shas;
  for (int i = 0; i < 4; ++i) shas.push_back(commit({{"a", std::to_string(i + 1)}}, {base}));
  std::vector<std::thread> threads;
  std::vector<int> good(shas.size());
  for (std::size_t i = 0; i < shas.size(); ++i) {
    threads.emplace_back([&, i] { good[i] = fetch({shas[i], base}) ? 1 : 0; });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, std::vector<int>(shas.size(), 1));
}

TEST_F(MirrorTest, ForgetsTheOldestCommitsButNotTheOnesInUse) {
  std::vector<std::string> shas;
  for (int i = 0; i < 5; ++i) {
    date_ = std::to_string(1700000000 + i) + " +0000";
    shas.push_back(commit({{"a", std::to_string(i)}}));
  }
  ASSERT_TRUE(fetch(shas));
  ASSERT_TRUE(forget_oldest(mirror(), 2, {shas[0]}));
  EXPECT_EQ(missing_commits(mirror(), shas).value(), (std::vector<std::string>{shas[1], shas[2], shas[3]}));
}

TEST_F(MirrorTest, TheAskpassProgramAnswersFromTheDescriptorTwice) {
  std::ofstream(path("askpass")) << askpass_script();
  ::chmod(path("askpass").c_str(), 0700);
  std::ofstream(path("token")) << "s3cret";
  process::Command command;
  command.argv = {"/bin/sh", "-c",
                  "exec 9<\"$1/token\"; for q in 'Username for x: ' 'Password for x: ' 'Password for x: '; do "
                  "\"$1/askpass\" \"$q\"; echo; done",
                  "sh", root_.string()};
  command.environment = {{"PATH", "/usr/bin:/bin"}, {"GREENROOM_TOKEN_FD", "9"}};
  const auto outcome = process::run(command);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->out.joined(), "x-access-token\n\ns3cret\ns3cret\n") << outcome->err.joined();
}

TEST_F(MirrorTest, TheTokenIsNeverWrittenIntoTheMirror) {
  const std::string sha = commit({{"a", "1"}});
  ASSERT_TRUE(fetch_commits(mirror(), {url(), "file", Secret("s3cret-token")}, {sha}));
  for (const auto& entry : fs::recursive_directory_iterator(mirror())) {
    if (entry.is_regular_file()) {
      EXPECT_EQ(content_of(entry.path()).find("s3cret-token"), std::string::npos) << entry.path();
    }
  }
}

TEST_F(MirrorTest, ADirectoryThatCannotBeMadeIsAPassingFault) {
  std::ofstream(path("cache")) << "a file where a folder should be";
  const auto fetched = fetch({kNowhere});
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().kind, ErrorKind::transient);
}

}  // namespace
}  // namespace greenroom::git
