#include "lib/sandbox/root_filesystem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "lib/base/hash.h"

namespace greenroom::sandbox {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// A tree with one program in it, which nobody may write.
class RootFilesystemTest : public testing::Test {
 protected:
  RootFilesystemTest() : folder_(fs::canonical(fs::temp_directory_path()) / ("greenroom-root-" + random_hex(8))) {
    fs::create_directories(root() / "usr/bin");
    fs::create_directories(root() / "usr/lib");
    fs::create_directories(root() / "etc");
    program("usr/bin/python3");
    close(root());
  }
  ~RootFilesystemTest() override {
    open(root());
    fs::remove_all(folder_);
  }
  fs::path root() const { return folder_ / "root"; }
  void program(const std::string& name) const {
    std::ofstream(root() / name) << "#!/bin/sh\n";
    fs::permissions(root() / name, fs::perms::owner_exec, fs::perm_options::add);
  }
  static void change(const fs::path& tree, fs::perm_options how) {
    fs::permissions(tree, fs::perms::owner_write, how);
    for (const auto& entry : fs::recursive_directory_iterator(tree))
      if (!entry.is_symlink()) fs::permissions(entry.path(), fs::perms::owner_write, how);
  }
  static void open(const fs::path& tree) { change(tree, fs::perm_options::add); }
  static void close(const fs::path& tree) { change(tree, fs::perm_options::remove); }

  const fs::path folder_;
};

TEST_F(RootFilesystemTest, NoneIsTheMachinesOwn) {
  const auto root = open_root_filesystem("");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->path, "");
  EXPECT_EQ(root->label, "the machine's own /usr");
}

TEST_F(RootFilesystemTest, IsCalledByItsDateAndItsManifest) {
  open(root());
  std::ofstream(root() / "manifest") << "date 2026-11-20\nbash=5.2\n";
  close(root());
  const auto opened = open_root_filesystem(root());
  ASSERT_TRUE(opened) << opened.error().describe();
  EXPECT_EQ(opened->path, root());
  EXPECT_EQ(opened->label,
            "root filesystem of 2026-11-20, manifest " + to_hex(sha256("date 2026-11-20\nbash=5.2\n")).substr(0, 12));
}

TEST_F(RootFilesystemTest, OfAnotherMakeHasNoManifest) {
  const auto opened = open_root_filesystem(root());
  ASSERT_TRUE(opened) << opened.error().describe();
  EXPECT_EQ(opened->label, "root filesystem without a manifest");
}

TEST_F(RootFilesystemTest, IsWhatTheLinkLedToAtTheStart) {
  fs::create_directory_symlink("root", folder_ / "newest");
  const auto opened = open_root_filesystem(folder_ / "newest");
  ASSERT_TRUE(opened) << opened.error().describe();
  EXPECT_EQ(opened->path, root());
}

TEST_F(RootFilesystemTest, WhatIsNoneIsRefusedWithASentence) {
  const std::vector<std::tuple<const char*, std::function<std::string()>, const char*>> faults = {
      {"relative", [] { return std::string("root"); }, "is no absolute path"},
      {"missing", [&] { return (folder_ / "gone").string(); }, "make it with './dev root"},
      {"a file", [&] { return (root() / "usr/bin/python3").string(); }, "holds no usr/bin/python3"},
      {"without Python", [&] { return (root() / "usr").string(); }, "holds no usr/bin/python3"},
  };
  for (const auto& [name, where, sentence] : faults) {
    const auto opened = open_root_filesystem(where());
    ASSERT_FALSE(opened) << name;
    EXPECT_EQ(opened.error().kind, ErrorKind::user_fault) << name;
    EXPECT_THAT(opened.error().message, testing::AllOf(HasSubstr("sandbox.root: '" + where()), HasSubstr(sentence)));
  }
}

TEST_F(RootFilesystemTest, OneThatThisUserCanWriteIsRefused) {
  for (const char* part : {"", "usr", "usr/bin", "usr/lib", "etc"}) {
    fs::permissions(root() / part, fs::perms::owner_write, fs::perm_options::add);
    const auto opened = open_root_filesystem(root());
    fs::permissions(root() / part, fs::perms::owner_write, fs::perm_options::remove);
    ASSERT_FALSE(opened) << part;
    EXPECT_THAT(opened.error().message, HasSubstr("can be changed by the user of this process")) << part;
  }
}

TEST_F(RootFilesystemTest, ItsLinksAreFollowedAsAJobWould) {
  open(root());
  std::ofstream(root() / "usr/bin/plain") << "";
  fs::create_symlink("/usr/bin/python3", root() / "usr/bin/absolute");
  fs::create_symlink("/usr/bin/env", root() / "usr/bin/of-the-machine");
  fs::create_symlink("../../../../../../../../usr/bin/env", root() / "usr/bin/climbing");
  close(root());
  for (const char* path : {"/usr/bin/python3", "/bin/python3", "/usr/bin/absolute"})
    EXPECT_TRUE(is_program(root(), path)) << path;
  for (const char* path :
       {"/usr/bin/env", "/usr/bin/plain", "/usr/bin", "/usr/bin/of-the-machine", "/usr/bin/climbing"})
    EXPECT_FALSE(is_program(root(), path)) << path;
  EXPECT_TRUE(is_program("", "/usr/bin/env"));
  EXPECT_FALSE(is_program("", "/usr/bin/no-such-program"));
}

}  // namespace
}  // namespace greenroom::sandbox
