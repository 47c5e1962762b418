#include "lib/base/text.h"

#include <gtest/gtest.h>

namespace greenroom {
namespace {

TEST(Text, ScrubsEveryInvalidByteAndKeepsTheRest) {
  EXPECT_EQ(scrub_utf8("a\xff"
                       "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(scrub_utf8("na\xc3\xafve \xf0\x9f\x98\x80"), "na\xc3\xafve \xf0\x9f\x98\x80");
  EXPECT_FALSE(is_utf8("\xed\xa0\x80")) << "a surrogate";
  EXPECT_FALSE(is_utf8("\xc0\xaf")) << "an overlong slash";
}

TEST(Text, EscapesWhatNobodyCouldTypeAgain) {
  EXPECT_EQ(escape_bytes("sh\xffow.py"), "sh\\xffow.py");
  EXPECT_EQ(escape_bytes("a\nb\x7f\x1b"), "a\\x0ab\\x7f\\x1b");
  EXPECT_EQ(escape_bytes("na\xc3\xafve \xf0\x9f\x98\x80 \xc3"), "na\xc3\xafve \xf0\x9f\x98\x80 \\xc3");
  EXPECT_EQ(escape_bytes(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(escape_bytes(""), "");
}

TEST(Text, SplitsLinesWithoutInventingALastOne) {
  EXPECT_EQ(split_lines("a\nb\n").size(), 2u);
  EXPECT_EQ(split_lines("a\nb").size(), 2u);
  EXPECT_EQ(split_lines("").size(), 0u);
  EXPECT_EQ(split_lines("\n").size(), 1u);
}

TEST(Text, ShortensAtACodePoint) {
  EXPECT_EQ(shorten("abcdef", 6), "abcdef");
  EXPECT_EQ(shorten("\xc3\xa9\xc3\xa9\xc3\xa9", 5), "\xc3\xa9…");
}

}  // namespace
}  // namespace greenroom
