#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <regex>

#include "lib/base/text.h"
#include "lib/review/review.h"
#include "tests/unit/review/rendered.h"

namespace greenroom::review {
namespace {

std::string without_splits(std::string text) {
  for (auto at = text.find("\xE2\x80\x8B"); at != std::string::npos; at = text.find("\xE2\x80\x8B")) text.erase(at, 3);
  return text;
}

TEST(Plain, ReadsAsItWasWritten) {
  for (const auto* text : {"Maya O'Hara", "1. first", "a_b_c *d*", "# no heading", "- no list", "a < b > c", "~~x~~",
                           "| a | b |", "![i](u)", "[x](javascript:1)", "&amp;", "`code`", "UTF-8 2026-01-02"}) {
    const auto html = without_splits(rendered(plain(text)));
    std::string escaped = std::regex_replace(std::string(text), std::regex("&"), "&amp;");
    escaped = std::regex_replace(escaped, std::regex("<"), "&lt;");
    escaped = std::regex_replace(escaped, std::regex(">"), "&gt;");
    EXPECT_EQ(html, "<p>" + escaped + "</p>\n") << plain(text);
  }
}

TEST(Plain, PingsNobodyAndRefersToNothing) {
  const std::regex live(R"(@[\w]|[#!$%~&][\w]|[gG][hH]-\d|[A-Z][A-Z0-9]+-\d|https?://|www\.|\b[0-9a-f]{7,}\b)");
  for (const auto* text :
       {"@maintainer please", "fixes #12", "closes o/r#3", "resolves GH-7", "gh-7", "PROJ-12", "AB1-3", "A_B2-3",
        "me@example.org", "see https://github.com/o/r/issues/1", "www.example.org", "!5 $3 %4 ~bug &9",
        "0123456789abcdef0123456789abcdef01234567", "ftp://x", "@@a"}) {
    const std::string html = std::regex_replace(rendered(plain(text)), std::regex("&(amp|lt|gt|quot);"), "");
    EXPECT_FALSE(std::regex_search(html, live)) << html;
    EXPECT_EQ(count(html, "<a "), 0) << html;
  }
}

TEST(Plain, IsNoCommandOfAHost) {
  for (const auto* text : {"/close", "  /merge", "\n/approve"}) EXPECT_EQ(plain(text).substr(0, 2), "\\/");
  EXPECT_EQ(plain("a\n/close"), "a /close");
}

TEST(Plain, ShowsWhatNobodySees) {
  EXPECT_EQ(plain("a\xE2\x80\xAE"
                  "b"),
            "a\xE2\x80\xB9U+202E\xE2\x80\xBA"
            "b");
  EXPECT_EQ(plain(std::string("a\x1b[31m\0b", 8)),
            "a\xE2\x80\xB9U+001B\xE2\x80\xBA\\[31m\xE2\x80\xB9U+0000\xE2\x80\xBA"
            "b");
  EXPECT_EQ(plain("zero\xE2\x80\x8Bwidth"), "zero\xE2\x80\xB9U+200B\xE2\x80\xBAwidth");
  EXPECT_EQ(plain("bad\xff"), "bad\xEF\xBF\xBD");
  EXPECT_EQ(plain("tag\xF3\xA0\x81\x81"), "tag\xE2\x80\xB9U+E0041\xE2\x80\xBA");
}

TEST(HtmlText, IsTextInsideOfAnElement) {
  const auto html = rendered("<details><summary>" + html_text("<b> & @maya\n\n#1 **x** GH-1 www.x.org") + "</summary>");
  EXPECT_EQ(without_splits(html), "<details><summary>&lt;b&gt; &amp; @maya  #1 **x** GH-1 www.x.org</summary>\n");
  EXPECT_NE(html, without_splits(html)) << "and nothing in it is alive";
}

TEST(CodeSpan, HoldsAnyBackticks) {
  EXPECT_EQ(rendered(code_span("a`b")), "<p><code>a`b</code></p>\n");
  EXPECT_EQ(rendered(code_span("`")), "<p><code>`</code></p>\n");
  EXPECT_EQ(rendered(code_span("``` @x <b>")), "<p><code>``` @x &lt;b&gt;</code></p>\n");
  EXPECT_EQ(rendered(code_span("a\n\n# b")), "<p><code>a  # b</code></p>\n");
  EXPECT_EQ(count(rendered(code_span("")), "<code>"), 1);
}

TEST(CodeSpan, AndFenceHoldWhatACopyShouldHold) {
  for (const auto* text :
       {"0123456789abcdef0123456789abcdef01234567", "@pytest.fixture", "fixes #12", "PROJ-12",
        "http://example.org/?a=b", "www.example.org", "me@example.org", "/close", "a!5 $x %y ~z &w"}) {
    EXPECT_EQ(code_span(text), "`" + std::string(text) + "`");
    EXPECT_EQ(fence("", text), "```\n" + std::string(text) + "\n```");
  }
}

TEST(Fence, CannotBeClosedFromInside) {
  const auto html = rendered(fence("python", "x\n```\n</details>\n<img src=x>\n````\n~~~\ny") + "\n\nafter");
  EXPECT_EQ(count(html, "<pre"), 1);
  EXPECT_EQ(count(html, "<img"), 0);
  EXPECT_EQ(count(html, "</details>"), 0);
  EXPECT_NE(html.find("<p>after</p>"), std::string::npos);
}

TEST(Fence, KeepsTheCodeAsItIs) {
  EXPECT_EQ(rendered(fence("", "  a\n\tb\n")), "<pre><code>  a\n\tb\n</code></pre>\n");
  EXPECT_EQ(rendered(fence("", "")), "<pre><code></code></pre>\n");
}

// Any bytes at all: one paragraph, no tags but ours, valid UTF-8.
TEST(Plain, MakesOneParagraphOfAnyBytes) {
  const std::string alphabet = "`~*_[]()<>!#@-+|\\/\n\t :.&;=\"'a1x\xE2\x80\xAE\xC3\xA9\xff\r";
  std::mt19937 random(20260301);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (auto n = random() % 24; n > 0; --n) text += alphabet[random() % alphabet.size()];
    const auto out = plain(text);
    ASSERT_TRUE(is_utf8(out));
    const auto html = rendered("x " + out + " y");
    ASSERT_EQ(count(html, "<"), 2) << text << "\n" << out << "\n" << html;
    const auto alone = rendered(out);
    ASSERT_LE(count(alone, "<"), 2) << text << "\n" << out << "\n" << alone;
    const auto span = rendered("x " + code_span(text) + " y");
    ASSERT_EQ(count(span, "<"), 4) << text << "\n" << span;
  }
}

}  // namespace
}  // namespace greenroom::review
