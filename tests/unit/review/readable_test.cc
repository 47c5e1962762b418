#include "lib/review/readable.h"

#include <gtest/gtest.h>

namespace greenroom::review {
namespace {

TEST(Readable, LeavesTheWordsAndDropsWhatOnlyABrowserFolds) {
  EXPECT_EQ(readable("<!-- m -->### Two\\_things\n<details><summary>More</summary>\n\n\n\n\\*one\\*\n</details>\n"),
            "### Two_things\nMore\n\n*one*\n\n");
}

TEST(Readable, CodeKeepsItsBackslashes) {
  EXPECT_EQ(readable("```\nprint(\"\\\\_\")\n```\n"), "```\nprint(\"\\\\_\")\n```\n");
}

TEST(Readable, NothingDrivesTheTerminal) { EXPECT_EQ(readable("a\x1b[2Jb").find('\x1b'), std::string::npos); }

TEST(Readable, ALineOfAnyLengthIsOnlyALine) {
  for (const char* start : {"<!--", "<b", "\\", "</details"}) {
    const std::string line = start + std::string(1u << 18, 'x');
    EXPECT_GE(readable(line).size(), 1u << 18) << start;
  }
}

}  // namespace
}  // namespace greenroom::review
