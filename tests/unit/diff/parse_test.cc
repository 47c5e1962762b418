#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/diff/diff.h"

namespace greenroom::diff {
namespace {

using ::testing::HasSubstr;

Diff must(std::string_view text) {
  auto diff = parse(text);
  EXPECT_TRUE(diff) << diff.error().describe();
  return diff ? *diff : Diff{};
}

TEST(DiffParse, CountsDecideNotPrefixes) {
  const Diff diff = must(
      "diff --git a/x.sql b/x.sql\nindex 1..2 100644\n--- a/x.sql\n+++ b/x.sql\n@@ -1,3 +1,3 @@ SELECT\n"
      " one\n--- a comment\n+++ a header?\n three\n@@ -10 +10 @@\n-a\n+b\n");
  ASSERT_EQ(diff.files.size(), 1u);
  ASSERT_EQ(diff.files[0].hunks.size(), 2u);
  const auto& lines = diff.files[0].hunks[0].lines;
  EXPECT_EQ(lines[1].text, "-- a comment");
  EXPECT_EQ(lines[2].text, "++ a header?");
  EXPECT_EQ(diff.files[0].hunks[0].section, "SELECT");
  EXPECT_EQ(side_of(diff.files[0], 2), LineSide::author);
  EXPECT_EQ(side_of(diff.files[0], 3), LineSide::context);
  EXPECT_EQ(side_of(diff.files[0], 5), LineSide::outside);
}

TEST(DiffParse, NewDeletedRenamedAndModeOnly) {
  const Diff diff = must(
      "diff --git a/new.py b/new.py\nnew file mode 100755\nindex 0..1\n--- /dev/null\n+++ b/new.py\n@@ -0,0 +1,2 "
      "@@\n+a\n+b\n"
      "diff --git a/old.py b/old.py\ndeleted file mode 100644\nindex 1..0\n--- a/old.py\n+++ /dev/null\n@@ -1 +0,0 "
      "@@\n-a\n"
      "diff --git a/from me.py b/to me.py\nsimilarity index 90%\nrename from from me.py\nrename to to me.py\n"
      "diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n");
  using enum File::Status;
  ASSERT_EQ(diff.files.size(), 4u);
  EXPECT_EQ(diff.files[0].status, added);
  EXPECT_EQ(diff.files[0].old_path, "");
  EXPECT_EQ(diff.files[0].new_mode, "100755");
  EXPECT_EQ(diff.files[1].status, deleted);
  EXPECT_EQ(diff.files[1].new_path, "");
  EXPECT_EQ(diff.files[2].status, renamed);
  EXPECT_EQ(diff.files[2].old_path, "from me.py");
  EXPECT_EQ(diff.files[2].new_path, "to me.py");
  EXPECT_EQ(diff.files[3].status, mode_only);
  EXPECT_EQ(size_of(diff).added, 2);
  EXPECT_EQ(size_of(diff).removed, 1);
  EXPECT_NE(diff.find("new.py"), nullptr);
  EXPECT_EQ(diff.find("old.py"), nullptr);
}

TEST(DiffParse, CrlfStaysAndTheMissingNewlineIsKnown) {
  const Diff diff = must(
      "diff --git a/w b/w\nindex 1..2 100644\n--- a/w\n+++ b/w\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n\\ No newline at end of "
      "file\n+c\r\n"
      "\\ No newline at end of file\n");
  const auto& lines = diff.files[0].hunks[0].lines;
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].text, "a\r");
  EXPECT_TRUE(lines[1].no_newline);
  EXPECT_TRUE(lines[2].no_newline);
}

TEST(DiffParse, QuotedPathsBecomeTheirBytes) {
  const Diff diff = must(
      "diff --git \"a/\\303\\244\\t\\\"x\\\".py\" \"b/\\303\\244\\t\\\"x\\\".py\"\nindex 1..2 100644\n"
      "--- \"a/\\303\\244\\t\\\"x\\\".py\"\n+++ \"b/\\303\\244\\t\\\"x\\\".py\"\n@@ -1 +1 @@\n-a\n+\xff\xfe\n");
  EXPECT_EQ(diff.files[0].new_path, "\xc3\xa4\t\"x\".py");
  EXPECT_EQ(diff.files[0].hunks[0].lines[1].text, "\xff\xfe");
}

TEST(DiffParse, BinaryAndSubmodule) {
  const Diff diff = must(
      "diff --git a/a.png b/a.png\nindex 1..2 100644\nBinary files a/a.png and b/a.png differ\n"
      "diff --git a/lib b/lib\nindex 1..2 160000\n--- a/lib\n+++ b/lib\n@@ -1 +1 @@\n-Subproject commit 1\n+Subproject "
      "commit 2\n");
  EXPECT_TRUE(diff.files[0].binary);
  EXPECT_FALSE(diff.files[0].submodule);
  EXPECT_TRUE(diff.files[1].submodule);
}

TEST(DiffParse, RefusesWhatCannotBeRightAndNamesTheLine) {
  const std::string head = "diff --git a/x b/x\n--- a/x\n+++ b/x\n";
  EXPECT_THAT(parse("nonsense\n").error().message, HasSubstr("line 1"));
  EXPECT_THAT(parse(head + "@@ -1,2 +1,2 @@\n a\n").error().message, HasSubstr("ends inside a hunk"));
  EXPECT_THAT(parse(head + "@@ -1,1 +1,1 @@\n-a\n-b\n").error().message, HasSubstr("line 6"));
  EXPECT_FALSE(parse(head + "@@ -99999999999 +1 @@\n"));
  EXPECT_FALSE(parse(head + "@@ -1 +1 @@\n\\ No newline at end of file\n"));
  EXPECT_FALSE(parse("diff --git a/x b/x\n--- \"a/x\n"));
  EXPECT_TRUE(parse("")->files.empty());
}

}  // namespace
}  // namespace greenroom::diff
