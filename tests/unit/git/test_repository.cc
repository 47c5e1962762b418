#include "lib/git/repository.h"

#include "git_fixture.h"

namespace greenroom::git {
namespace {

class RepositoryTest : public GitFixture {
 protected:
  Repository open() {
    auto repository = Repository::open(source());
    EXPECT_TRUE(repository) << repository.error().describe();
    return std::move(*repository);
  }
};

constexpr const char* kNowhere = "0123456789012345678901234567890123456789";

TEST(Sha, IsFortyLowerCaseHexDigitsOnly) {
  EXPECT_TRUE(is_sha(kNowhere));
  for (const char* text : {"", "HEAD", "refs/heads/main", "--upload-pack=x", "012345678901234567890123456789012345678",
                           "01234567890123456789012345678901234567890", "ABCDEF7890123456789012345678901234567890",
                           "012345678901234567890123456789012345678\n"}) {
    EXPECT_FALSE(is_sha(text)) << text;
  }
}

TEST_F(RepositoryTest, SaysWhenThereIsNoRepository) {
  const auto repository = Repository::open(path("nothing"));
  ASSERT_FALSE(repository);
  EXPECT_EQ(repository.error().kind, ErrorKind::not_found);
}

TEST_F(RepositoryTest, DoesNotLookForARepositoryInParentFolders) {
  std::filesystem::create_directories(source() + "/below/here");
  EXPECT_FALSE(Repository::open(source() + "/below/here"));
}

TEST_F(RepositoryTest, ReadsACommit) {
  const std::string sha = commit({{"a.py", "x = 1\n"}});
  const auto found = open().commit(sha);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sha, sha);
  EXPECT_EQ(found->tree, in_source({"rev-parse", sha + "^{tree}"}));
  EXPECT_EQ(found->author_name, "Ada");
  EXPECT_EQ(found->author_email, "ada@example.org");
  EXPECT_EQ(found->message, "a message\n");
  EXPECT_EQ(found->time, 1700000000);
}

TEST_F(RepositoryTest, KnowsOnlyCommitsByFullSha) {
  const std::string sha = commit({{"a.py", "x = 1\n"}});
  in_source({"update-ref", "refs/heads/main", sha});
  const Repository repository = open();
  EXPECT_TRUE(repository.has_commit(sha));
  EXPECT_FALSE(repository.has_commit(kNowhere));
  EXPECT_FALSE(repository.has_commit("main"));
  EXPECT_FALSE(repository.has_commit("HEAD"));
  EXPECT_FALSE(repository.has_commit(sha.substr(0, 12)));
  EXPECT_FALSE(repository.has_commit(blob("x = 1\n"))) << "a blob is not a commit";
  EXPECT_EQ(repository.commit(kNowhere).error().kind, ErrorKind::not_found);
  EXPECT_EQ(repository.commit("main").error().kind, ErrorKind::bug);
}

TEST_F(RepositoryTest, FindsTheMergeBase) {
  const std::string base = commit({{"a", "1"}});
  const std::string left = commit({{"a", "2"}}, {base});
  const std::string right = commit({{"a", "3"}}, {base});
  const std::string stranger = commit({{"b", "1"}});
  const Repository repository = open();
  EXPECT_EQ(repository.merge_base(left, right).value(), base);
  EXPECT_EQ(repository.merge_base(base, right).value(), base);
  EXPECT_EQ(repository.merge_base(left, stranger).error().kind, ErrorKind::not_found);
  EXPECT_EQ(repository.merge_base(left, kNowhere).error().kind, ErrorKind::not_found);
}

TEST_F(RepositoryTest, KnowsAncestors) {
  const std::string first = commit({{"a", "1"}});
  const std::string second = commit({{"a", "2"}}, {first});
  const Repository repository = open();
  EXPECT_TRUE(repository.is_ancestor(first, second).value());
  EXPECT_TRUE(repository.is_ancestor(first, first).value());
  EXPECT_FALSE(repository.is_ancestor(second, first).value());
  EXPECT_EQ(repository.is_ancestor(kNowhere, first).error().kind, ErrorKind::not_found);
  EXPECT_EQ(repository.is_ancestor(first, kNowhere).error().kind, ErrorKind::not_found);
}

TEST_F(RepositoryTest, ListsBranchesOnly) {
  const std::string sha = commit({{"a", "1"}});
  in_source({"update-ref", "refs/heads/main", sha});
  in_source({"update-ref", "refs/heads/newcomer/first", sha});
  in_source({"update-ref", "refs/tags/v1", sha});
  const auto branches = open().branches();
  ASSERT_TRUE(branches);
  ASSERT_EQ(branches->size(), 2u);
  EXPECT_EQ(branches->at(0).name, "refs/heads/main");
  EXPECT_EQ(branches->at(1).name, "refs/heads/newcomer/first");
  EXPECT_EQ(branches->at(1).sha, sha);
}

TEST_F(RepositoryTest, DiffsAsGitDoes) {
  const std::string from = commit({{"a.py", "one\ntwo\nthree\n"}, {"gone.py", "x\n"}});
  const std::string to = commit({{"a.py", "one\n2\nthree"}, {"new-folder/b.py", "y\n", "100755"}});
  const std::string expected = in_source({"diff", "--no-color", "--no-ext-diff", from, to});
  const auto diff = open().diff(from, to);
  ASSERT_TRUE(diff);
  EXPECT_EQ(trim(*diff), expected);
}

TEST_F(RepositoryTest, DiffFindsRenames) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "line " + std::to_string(i) + "\n";
  const std::string from = commit({{"old.py", text}});
  const std::string to = commit({{"sub/new.py", text + "one more\n"}});
  const auto diff = open().diff(from, to);
  ASSERT_TRUE(diff);
  EXPECT_NE(diff->find("rename from old.py\nrename to sub/new.py\n"), std::string::npos) << *diff;
}

TEST_F(RepositoryTest, DiffShowsBinaryFilesWithoutTheirContent) {
  const std::string from = commit({{"a.bin", std::string("a\0b", 3)}});
  const std::string to = commit({{"a.bin", std::string("a\0c", 3)}});
  const auto diff = open().diff(from, to);
  ASSERT_TRUE(diff);
  EXPECT_NE(diff->find("Binary files a/a.bin and b/a.bin differ"), std::string::npos) << *diff;
}

TEST_F(RepositoryTest, DiffRunsNoProgramThatTheRepositoryNames) {
  const std::string from = commit({{"a.py", "1\n"}, {".gitattributes", "*.py diff=evil\n"}});
  const std::string to = commit({{"a.py", "2\n"}, {".gitattributes", "*.py diff=evil\n"}});
  in_source({"config", "diff.evil.textconv", "touch " + path("ran") + ";cat"});
  in_source({"config", "diff.evil.command", "touch " + path("ran")});
  const auto diff = open().diff(from, to);
  ASSERT_TRUE(diff);
  EXPECT_NE(diff->find("-1\n+2\n"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(path("ran")));
}

TEST_F(RepositoryTest, DiffOverTheLimitIsThePersonsToSplit) {
  const std::string from = commit({{"a", "1\n"}});
  const std::string to = commit({{"a", std::string(5000, 'x')}});
  const auto diff = open().diff(from, to, 1000);
  ASSERT_FALSE(diff);
  EXPECT_EQ(diff.error().kind, ErrorKind::user_fault);
  EXPECT_NE(diff.error().message.find("split"), std::string::npos);
}

// Ten folders of ten folders and so on, twelve times: a few objects that name a million million files, or none.
TEST_F(RepositoryTest, ATreeOfEndlesslyManyFilesIsRefusedOnEitherAndOnBothSidesOfADiff) {
  const std::string small = commit({{"a", "1\n"}});
  const std::string file = blob("x");
  for (const bool has_files : {true, false}) {
    std::string tree = has_files ? raw_tree({{"100644", "file", file}}) : raw_tree({});
    for (int level = 0; level < 12; ++level) {
      std::vector<RawEntry> entries;
      for (int i = 0; i < 10; ++i) entries.push_back({"40000", "d" + std::to_string(i), tree});
      tree = raw_tree(entries);
    }
    const std::string bomb = commit_tree(tree);
    const std::string next = commit_tree(raw_tree({{"40000", "bomb", tree}, {"100644", "file", file}}));
    const std::string last = commit_tree(raw_tree({{"40000", "bomb", tree}}));
    for (const auto& diff : {open().diff(small, bomb), open().diff(bomb, small), open().diff(next, last)}) {
      ASSERT_FALSE(diff);
      EXPECT_EQ(diff.error().kind, ErrorKind::user_fault);
      EXPECT_EQ(diff.error().message, "the tree has more than 200000 files and folders");
    }
  }
}

TEST_F(RepositoryTest, ATreeThatIsEndlesslyDeepIsRefused) {
  std::string tree = raw_tree({{"100644", "file", blob("x")}});
  for (int level = 0; level < 100; ++level) tree = raw_tree({{"40000", "d", tree}});
  const auto diff = open().diff(commit({{"a", "1\n"}}), commit_tree(tree));
  ASSERT_FALSE(diff);
  EXPECT_EQ(diff.error().message, "the tree is deeper than 64 folders");
}

TEST_F(RepositoryTest, ADiffOfTooManyFilesIsThePersonsToSplit) {
  const std::string from = commit({{"a", "1\n"}});
  const std::string to = commit({{"a", "2\n"}, {"b", "1\n"}, {"c", "1\n"}});
  EXPECT_TRUE(open().diff(from, to, 1000, 3));
  const auto diff = open().diff(from, to, 1000, 2);
  ASSERT_FALSE(diff);
  EXPECT_EQ(diff.error().kind, ErrorKind::user_fault);
  EXPECT_EQ(diff.error().message, "the change touches more than 2 files; split the change into smaller ones");
}

TEST_F(RepositoryTest, ReadsOneFile) {
  const std::string sha = commit({{"dir/a.py", "x = 1\n"}, {"run", "#!\n", "100755"}, {"link", "dir/a.py", "120000"}});
  const Repository repository = open();
  EXPECT_EQ(repository.file(sha, "dir/a.py").value(), "x = 1\n");
  EXPECT_EQ(repository.file(sha, "run").value(), "#!\n");
  for (const char* path : {"", "dir", "link", "link/x", "no", "/dir/a.py", "dir//a.py", "../dir/a.py", "dir/../run"}) {
    const auto content = repository.file(sha, path);
    ASSERT_TRUE(content) << path << ": " << content.error().describe();
    EXPECT_EQ(*content, std::nullopt) << path;
  }
  EXPECT_EQ(repository.file(kNowhere, "dir/a.py").error().kind, ErrorKind::not_found);
  EXPECT_EQ(repository.file(sha, "dir/a.py", 3).error().kind, ErrorKind::user_fault);
}

TEST_F(RepositoryTest, ListsATreeWithSizesAndKinds) {
  const std::string sha = commit(
      {{"a.py", "12345"}, {"b/c/d.sh", "#!\n", "100755"}, {"link", "a.py", "120000"}, {"module", kNowhere, "160000"}});
  const auto tree = open().tree(sha);
  ASSERT_TRUE(tree) << tree.error().describe();
  ASSERT_EQ(tree->size(), 4u);
  EXPECT_EQ(tree->at(0).path, "a.py");
  EXPECT_EQ(tree->at(0).size, 5u);
  EXPECT_EQ(tree->at(0).blob, blob("12345"));
  EXPECT_EQ(tree->at(1).path, "b/c/d.sh");
  EXPECT_EQ(tree->at(1).kind, TreeEntry::Kind::executable);
  EXPECT_EQ(tree->at(2).kind, TreeEntry::Kind::symlink);
  EXPECT_EQ(tree->at(3).kind, TreeEntry::Kind::submodule);
}

TEST_F(RepositoryTest, TreeStopsAtEveryLimit) {
  const std::string sha = commit({{"a/b/c/d", "12345"}, {"e", "67"}});
  const Repository repository = open();
  const auto kind_with = [&](auto change) {
    TreeLimits limits;
    change(limits);
    const auto tree = repository.tree(sha, limits);
    return tree ? std::string("fine") : std::string(name_of(tree.error().kind));
  };
  EXPECT_EQ(kind_with([](TreeLimits& limits) { limits = {5, 7, 5, 7, 3}; }), "fine");
  EXPECT_EQ(kind_with([](TreeLimits& limits) { limits.entries = 4; }), "user_fault");
  EXPECT_EQ(kind_with([](TreeLimits& limits) { limits.bytes = 6; }), "user_fault");
  EXPECT_EQ(kind_with([](TreeLimits& limits) { limits.file_bytes = 4; }), "user_fault");
  EXPECT_EQ(kind_with([](TreeLimits& limits) { limits.path_bytes = 6; }), "user_fault");
  EXPECT_EQ(kind_with([](TreeLimits& limits) { limits.depth = 2; }), "user_fault");
}

TEST_F(RepositoryTest, TreeBombIsRefusedQuickly) {
  std::string id = blob("boom");
  std::string mode = "100644";
  for (int level = 0; level < 12; ++level) {  // 10^12 files
    std::vector<RawEntry> entries;
    for (int i = 0; i < 10; ++i) entries.push_back({mode, std::to_string(i), id});
    id = raw_tree(entries);
    mode = "40000";
  }
  const auto tree = open().tree(commit_tree(id));
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().kind, ErrorKind::user_fault);
}

TEST_F(RepositoryTest, BombOfEmptyFoldersIsRefusedQuickly) {
  std::string id = raw_tree({});
  for (int level = 0; level < 12; ++level) {
    std::vector<RawEntry> entries;
    for (int i = 0; i < 10; ++i) entries.push_back({"40000", std::to_string(i), id});
    id = raw_tree(entries);
  }
  const auto tree = open().tree(commit_tree(id));
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().kind, ErrorKind::user_fault);
}

TEST_F(RepositoryTest, ManyRenamesDoNotTakeForEver) {
  std::vector<File> before, after;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = "file " + std::to_string(i) + "\n" + std::string(200, 'x') + "\n";
    before.push_back({"old/" + std::to_string(i), text});
    after.push_back({"new/" + std::to_string(i), text + "more\n"});
  }
  const std::string from = commit(before), to = commit(after);
  EXPECT_TRUE(open().diff(from, to));
}

}  // namespace
}  // namespace greenroom::git
