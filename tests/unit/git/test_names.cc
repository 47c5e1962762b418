#include "lib/git/names.h"

#include <gtest/gtest.h>

namespace greenroom::git {
namespace {

TEST(Names, AllowsStrangeButHarmlessNames) {
  for (const char* name :
       {"a.py", "-rf", "a\nb", "\x1b[31m", "\xff\xfe", ".gitignore", ".github", "git", "...", " ", "a:b"}) {
    EXPECT_TRUE(is_safe_name(name)) << name;
  }
}

TEST(Names, ForbidsNamesThatLeadElsewhere) {
  for (const char* name : {"", ".", "..", "a/b", "/", ".git", ".GIT", ".Git", ".git.", ".git ", ".git . .",
                           ".git::$INDEX_ALLOCATION", "GIT~1", "git~1"}) {
    EXPECT_FALSE(is_safe_name(name)) << name;
  }
  EXPECT_FALSE(is_safe_name(std::string_view("a\0b", 3)));
  EXPECT_TRUE(is_safe_name(std::string(255, 'x')));
  EXPECT_FALSE(is_safe_name(std::string(256, 'x')));
}

TEST(Names, AreShownOnOneSafeLine) { EXPECT_EQ(shown("a\nb\x1b[0m\x7f"), "a?b?[0m?"); }

}  // namespace
}  // namespace greenroom::git
