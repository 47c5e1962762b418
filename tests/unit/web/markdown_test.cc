#include "lib/web/markdown.h"

#include <gmock/gmock.h>

#include "lib/review/review.h"

namespace greenroom::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string by(Author author, std::string_view text) { return render_markdown(text, author).text; }

TEST(Markdown, ShowsWhatNobodySees) {
  struct Case {
    const char *text, *html;
  };
  for (const auto& [text, html] : {
           Case{"a\u202Eb", "<p>a‹U+202E›b</p>\n"},
           Case{"a&#x202E;b", "<p>a‹U+202E›b</p>\n"},
           Case{"`a\u200Bb`", "<p><code>a‹U+200B›b</code></p>\n"},
           Case{"```\na\u2066b\r\n```", "<pre><code>a‹U+2066›b\n</code></pre>\n"},
           Case{"[w\u200Bord](https://example.org \"t\u202Eitle\")",
                "<p><a href=\"https://example.org\" title=\"t‹U+202E›itle\">w‹U+200B›ord</a></p>\n"},
           Case{"x <b\u202E> y <i title=\u200B>", "<p>x &lt;b‹U+202E›&gt; y &lt;i title=‹U+200B›&gt;</p>\n"},
           Case{"plain words\nand more", "<p>plain words\nand more</p>\n"},
       }) {
    EXPECT_EQ(by(Author::person, text), html);
  }
}

TEST(Markdown, OfTheBotCanBeCopiedAsItWasWritten) {
  for (const auto* text :
       {"@maya see #12", "0123456789abcdef0123", "PROJ-12", "http://example.org", "me@example.org"}) {
    const std::string html = by(Author::bot, review::plain(text));
    EXPECT_EQ(html, "<p>" + std::string(text) + "</p>\n");
  }
}

TEST(Markdown, OfTheBotStillShowsWhatItWasGiven) {
  EXPECT_EQ(by(Author::bot, review::plain("a\u200Bb")), "<p>a‹U+200B›b</p>\n");
  EXPECT_EQ(by(Author::bot, review::code_span("0123456789abcdef @x")), "<p><code>0123456789abcdef @x</code></p>\n");
}

// Looking for bare links takes time that grows with the square of the text: a long one has none, and the others stay.
TEST(Markdown, OfALongTextLooksForNoBareLinks) {
  std::string text = "http://a.example [link](http://b.example) ";
  EXPECT_THAT(by(Author::person, text), HasSubstr("<a href=\"http://a.example\">"));
  while (text.size() < 60'000) text += "www.";
  const std::string html = by(Author::person, text);
  EXPECT_THAT(html, Not(HasSubstr("<a href=\"http://a.example\">")));
  EXPECT_THAT(html, HasSubstr("<a href=\"http://b.example\">link</a>"));
}

TEST(Markdown, OfAPersonKeepsTheirZeroWidthSpacesInSight) {
  EXPECT_THAT(by(Author::person, "a\u200Bb"), HasSubstr("‹U+200B›"));
  EXPECT_THAT(by(Author::person, "a\u200Bb"), Not(HasSubstr("\u200B")));
}

}  // namespace
}  // namespace greenroom::web
