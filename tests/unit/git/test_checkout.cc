#include "lib/git/checkout.h"

#include <sys/stat.h>

#include <map>

#include "git_fixture.h"
#include "lib/git/checkout_state.h"

namespace greenroom::git {
namespace {

namespace fs = std::filesystem;

class CheckoutTest : public GitFixture {
 protected:
  std::string directory() const { return path("slot/work"); }
  Result<void> move_to(const std::string& sha, const TreeLimits& limits = {},
                       const std::function<bool()>& cancelled = {}) {
    auto repository = Repository::open(source());
    EXPECT_TRUE(repository);
    return Checkout(directory()).move_to(*repository, sha, limits, cancelled);
  }
  // path → "mode content" of everything on disk, folders with nothing in them included.
  std::map<std::string, std::string> on_disk() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(directory())) {
      const std::string name = entry.path().lexically_relative(directory()).string();
      if (entry.is_symlink()) {
        found[name] = "-> " + fs::read_symlink(entry.path()).string();
      } else if (entry.is_directory()) {
        if (fs::is_empty(entry.path())) found[name] = "empty folder";
      } else {
        const bool executable = (entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none;
        found[name] = (executable ? "x " : "- ") + content_of(entry.path());
      }
    }
    return found;
  }
  std::string inode(const std::string& name) const {
    struct stat status {};
    EXPECT_EQ(::stat((directory() + "/" + name).c_str(), &status), 0);
    return std::to_string(status.st_ino);
  }
  using Disk = std::map<std::string, std::string>;
};

constexpr const char* kModule = "0123456789012345678901234567890123456789";

TEST_F(CheckoutTest, WritesFilesExecutablesSymlinksAndEmptySubmodules) {
  const std::string sha = commit({{"a.py", "x\r\n"},
                                  {"bin/run", "#!/bin/sh\n", "100755"},
                                  {"to", "/etc/passwd", "120000"},
                                  {"vendor/module", kModule, "160000"}});
  ASSERT_TRUE(move_to(sha));
  EXPECT_EQ(on_disk(), (Disk{{"a.py", "- x\r\n"},
                             {"bin/run", "x #!/bin/sh\n"},
                             {"to", "-> /etc/passwd"},
                             {"vendor/module", "empty folder"}}));
}

TEST_F(CheckoutTest, MovesBetweenTreesOfEveryShape) {
  const std::vector<std::vector<File>> shapes = {
      {{"a", "1"}, {"b", "2"}},
      {{"a", "1"}, {"b", "3"}, {"c/d/e", "4"}},
      {{"a/b/c", "1"}, {"b", "3", "100755"}},  // a file became a folder, a mode changed
      {{"a", "b", "120000"}, {"b/x", "1"}},    // a folder became a symlink, a file a folder
      {{"a", kModule, "160000"}, {"b", "x", "120000"}},
      {{"a/b", "1"}, {"b", "2"}},  // a submodule became a folder, a symlink a file
      {{"only", ""}},
  };
  std::vector<std::string> shas;
  for (const auto& files : shapes) shas.push_back(commit(files));
  for (std::size_t from = 0; from < shas.size(); ++from) {
    for (std::size_t to = 0; to < shas.size(); ++to) {
      ASSERT_TRUE(move_to(shas[from]));
      const auto moved = move_to(shas[to]);
      ASSERT_TRUE(moved) << from << " to " << to << ": " << moved.error().describe();
      const Disk incremental = on_disk();
      fs::remove(directory() + ".state");
      ASSERT_TRUE(move_to(shas[to]));
      EXPECT_EQ(incremental, on_disk()) << from << " to " << to;
    }
  }
}

TEST_F(CheckoutTest, EndsWhereItIsCancelledAndTheNextOneIsWhole) {
  const std::string one = commit({{"a", "1"}, {"b", "1"}, {"c", "1"}, {"gone", "1"}});
  const std::string two = commit({{"a", "2"}, {"b", "2"}, {"c", "2"}});
  for (const bool from_nothing : {true, false}) {
    for (int steps = 0; steps < 4; ++steps) {
      if (!from_nothing) {
        ASSERT_TRUE(move_to(one));
      }
      int asked = 0;
      const auto moved = move_to(two, {}, [&] { return asked++ >= steps; });
      ASSERT_FALSE(moved) << "after " << steps << " steps";
      EXPECT_EQ(moved.error().kind, ErrorKind::transient);
      EXPECT_NE(moved.error().message.find("the checkout was cancelled"), std::string::npos);
      EXPECT_LE(asked, steps + 2) << "and it does not start over";
    }
    ASSERT_TRUE(move_to(two));
    EXPECT_EQ(on_disk().size(), 3U);
    for (const char* name : {"a", "b", "c"}) EXPECT_EQ(content_of(directory() + "/" + name), "2");
  }
}

TEST_F(CheckoutTest, WritesOnlyWhatDiffers) {
  const std::string one = commit({{"same", "1"}, {"folder/same", "1"}, {"folder/other", "1"}});
  const std::string two = commit({{"same", "1"}, {"folder/same", "1"}, {"folder/other", "2"}});
  ASSERT_TRUE(move_to(one));
  const std::string top = inode("same"), inner = inode("folder/same");
  std::ofstream(directory() + "/same") << "marked";  // a rewrite of everything would lose this
  ASSERT_TRUE(move_to(two));
  EXPECT_EQ(content_of(directory() + "/same"), "marked");
  EXPECT_EQ(inode("same"), top);
  EXPECT_EQ(inode("folder/same"), inner);
  EXPECT_EQ(content_of(directory() + "/folder/other"), "2");
}

TEST_F(CheckoutTest, WritesAnewWhenTheStateIsMissingOrDamaged) {
  const std::string sha = commit({{"a", "1"}, {"b/c", "2"}});
  const std::vector<std::string> damages = {"", "rubbish", "greenroom-checkout-1\n", std::string(100, '\0')};
  for (const auto& damage : damages) {
    ASSERT_TRUE(move_to(sha));
    std::ofstream(directory() + "/a") << "spoilt";
    std::ofstream(directory() + "/left-over") << "x";
    std::ofstream(directory() + ".state", std::ios::trunc) << damage;
    ASSERT_TRUE(move_to(sha));
    EXPECT_EQ(on_disk(), (Disk{{"a", "- 1"}, {"b/c", "- 2"}})) << damage;
  }
}

TEST_F(CheckoutTest, DoesNotBelieveTheStateOfAnotherDirectory) {
  const std::string sha = commit({{"a", "1"}});
  ASSERT_TRUE(move_to(sha));
  fs::rename(directory(), path("elsewhere"));
  ASSERT_TRUE(move_to(sha));
  EXPECT_EQ(on_disk(), (Disk{{"a", "- 1"}}));
}

TEST_F(CheckoutTest, WritesAnewWhenTheOldTreesObjectsAreGone) {
  const std::string one = commit({{"a", "1"}});
  const std::string two = commit({{"a", "2"}});
  ASSERT_TRUE(move_to(one));
  const std::string tree = in_source({"rev-parse", one + "^{tree}"});
  fs::remove(source() + "/objects/" + tree.substr(0, 2) + "/" + tree.substr(2));
  const auto moved = move_to(two);
  ASSERT_TRUE(moved) << moved.error().describe();
  EXPECT_EQ(on_disk(), (Disk{{"a", "- 2"}}));
}

TEST_F(CheckoutTest, WritesAnewWhenSomethingStandsInTheWay) {
  const std::string one = commit({{"a", "1"}});
  const std::string two = commit({{"a", "2"}, {"b", "1"}});
  ASSERT_TRUE(move_to(one));
  fs::create_directories(directory() + "/b/unexpected");
  ASSERT_TRUE(move_to(two));
  EXPECT_EQ(on_disk(), (Disk{{"a", "- 2"}, {"b", "- 1"}}));
}

TEST_F(CheckoutTest, NeverWritesThroughASymlinkThatIsInTheWay) {
  const std::string one = commit({{"a", "1"}, {"dir/x", "1"}});
  const std::string two = commit({{"a", "2"}, {"dir/x", "2"}});
  fs::create_directories(path("outside"));
  std::ofstream(path("outside/x")) << "precious";
  ASSERT_TRUE(move_to(one));
  fs::remove_all(directory() + "/dir");
  fs::create_directory_symlink(path("outside"), directory() + "/dir");
  fs::remove(directory() + "/a");
  fs::create_symlink(path("outside/x"), directory() + "/a");
  ASSERT_TRUE(move_to(two));
  EXPECT_EQ(on_disk(), (Disk{{"a", "- 2"}, {"dir/x", "- 2"}}));
  EXPECT_EQ(content_of(path("outside/x")), "precious");
}

TEST_F(CheckoutTest, ASymlinkInOneCommitNeverRedirectsTheNext) {
  fs::create_directories(path("outside"));
  const std::string one = commit({{"dir", path("outside"), "120000"}});
  const std::string two = commit({{"dir/x", "2"}});
  ASSERT_TRUE(move_to(one));
  ASSERT_TRUE(move_to(two));
  EXPECT_EQ(on_disk(), (Disk{{"dir/x", "- 2"}}));
  EXPECT_TRUE(fs::is_empty(path("outside")));
}

TEST_F(CheckoutTest, RefusesHostileTreesBeforeWritingAnything) {
  const std::string good = commit({{"kept", "1"}});
  const std::string file = blob("evil"), folder = raw_tree({{"100644", "config", blob("evil")}});
  const std::string outside = blob(path("outside"));
  fs::create_directories(path("outside"));
  const std::vector<std::vector<RawEntry>> trees = {
      {{"40000", ".git", folder}},
      {{"40000", ".GIT", folder}},
      {{"100644", "..", file}},
      {{"40000", "..", folder}},
      {{"100644", ".", file}},
      {{"100644", "../escaped", file}},
      {{"100644", "/tmp/escaped", file}},
      {{"120000", "twice", outside}, {"40000", "twice", folder}},  // a link, then a folder "in" it
      {{"100644", std::string(300, 'x'), file}},
  };
  ASSERT_TRUE(move_to(good));
  for (const auto& entries : trees) {
    const auto moved = move_to(commit_tree(raw_tree(entries)));
    ASSERT_FALSE(moved) << entries[0].name;
    EXPECT_NE(moved.error().kind, ErrorKind::bug) << entries[0].name;
    EXPECT_EQ(on_disk(), (Disk{{"kept", "- 1"}})) << entries[0].name;
  }
  EXPECT_TRUE(fs::is_empty(path("outside")));
  EXPECT_FALSE(fs::exists(path("slot/escaped")));
}

TEST_F(CheckoutTest, WritesStrangeNamesLiterally) {
  const std::string file = blob("1");
  const std::vector<std::string> names = {"\x1b[31m", "--flag", "a\nb", "\xff\xfe"};
  std::vector<RawEntry> entries;
  for (const auto& name : names) entries.push_back({"100644", name, file});
  ASSERT_TRUE(move_to(commit_tree(raw_tree(entries))));
  for (const auto& name : names) EXPECT_EQ(content_of(directory() + "/" + name), "1");
}

TEST_F(CheckoutTest, RunsNoFilterAndChangesNoByteThatAttributesName) {
  in_source({"config", "filter.evil.smudge", "touch " + path("ran") + "; cat"});
  in_source({"config", "filter.evil.required", "true"});
  in_source({"config", "core.autocrlf", "true"});
  const std::string attributes = "*.py filter=evil\n*.txt eol=crlf ident\n*.md working-tree-encoding=UTF-16\n";
  const std::string sha =
      commit({{".gitattributes", attributes}, {"a.py", "x\n"}, {"b.txt", "$Id$\n"}, {"c.md", "word\n"}});
  ASSERT_TRUE(move_to(sha));
  EXPECT_EQ(
      on_disk(),
      (Disk{{".gitattributes", "- " + attributes}, {"a.py", "- x\n"}, {"b.txt", "- $Id$\n"}, {"c.md", "- word\n"}}));
  EXPECT_FALSE(fs::exists(path("ran")));
}

TEST_F(CheckoutTest, AppliesLimitsToTheWholeTreeNotToTheDifference) {
  const std::string one = commit({{"a", "1"}, {"b", "2"}});
  const std::string two = commit({{"a", "1"}, {"b", "2"}, {"c", "3"}});
  TreeLimits limits;
  limits.entries = 2;
  ASSERT_TRUE(move_to(one, limits));
  const auto moved = move_to(two, limits);
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().kind, ErrorKind::user_fault);
  EXPECT_EQ(on_disk().size(), 2u);
  EXPECT_TRUE(move_to(one, limits));
}

TEST_F(CheckoutTest, KeepsCountOverManyMoves) {
  const std::string small = commit({{"a", "1"}});
  const std::string large = commit({{"a", "22"}, {"b/c/d", "333"}, {"e", "x", "120000"}, {"m", kModule, "160000"}});
  TreeLimits limits;
  limits.entries = 6;  // of the larger: a, b, b/c, b/c/d, e, m
  limits.bytes = 6;
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(move_to(large, limits));
    ASSERT_TRUE(move_to(small, limits));
  }
  limits.bytes = 5;
  EXPECT_FALSE(move_to(large, limits));
}

TEST_F(CheckoutTest, SaysWhichCommitIsMissing) {
  const auto moved = move_to(kModule);
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().kind, ErrorKind::not_found);
}

TEST_F(CheckoutTest, AFileWhoseContentIsMissingLeavesNoBelievedState) {
  const std::string good = commit({{"a", "1"}});
  const std::string bad = commit({{"a", "2"}, {"b", "lost content"}});
  const std::string lost = blob("lost content");
  ASSERT_TRUE(move_to(good));
  fs::remove(source() + "/objects/" + lost.substr(0, 2) + "/" + lost.substr(2));
  EXPECT_FALSE(move_to(bad));
  ASSERT_TRUE(move_to(good));
  EXPECT_EQ(on_disk(), (Disk{{"a", "- 1"}}));
}

TEST_F(CheckoutTest, ADirectoryThatCannotBeMadeIsAPassingFault) {
  std::ofstream(path("slot")) << "a file where a folder should be";
  const auto moved = move_to(commit({{"a", "1"}}));
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().kind, ErrorKind::transient);
}

TEST_F(CheckoutTest, SaysWhenTheDiskIsFull) {
  // A symlink to /dev/full in place of the state's next version: the write fails as on a full disk.
  const std::string sha = commit({{"a", "1"}});
  fs::create_directories(path("slot"));
  fs::create_symlink("/dev/full", directory() + ".state.new");
  const auto moved = move_to(sha);
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().kind, ErrorKind::transient);
  EXPECT_NE(moved.error().message.find("full"), std::string::npos);
}

TEST(CheckoutState, SurvivesAPrintAndParse) {
  const CheckoutState state{kModule, {3, 4}, "1:2"};
  const auto parsed = parse_state(print_state(state, "boot"), "boot");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->tree, kModule);
  EXPECT_EQ(parsed->totals.entries, 3u);
  EXPECT_EQ(parsed->totals.bytes, 4u);
  EXPECT_EQ(parsed->identity, "1:2");
}

TEST(CheckoutState, IsNotBelievedAfterARebootOrAnyChange) {
  const std::string text = print_state({kModule, {3, 4}, "1:2"}, "boot");
  EXPECT_FALSE(parse_state(text, "another boot"));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string damaged = text;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_FALSE(parse_state(damaged, "boot")) << i;
    EXPECT_FALSE(parse_state(text.substr(0, i), "boot")) << i;
  }
}

}  // namespace
}  // namespace greenroom::git
