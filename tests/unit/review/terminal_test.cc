#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/base/text.h"
#include "lib/review/ink.h"
#include "tests/unit/review/golden.h"
#include "tests/unit/review/samples.h"

namespace greenroom::review {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Terminal, ReadsAsItShould) {
  expect_golden("terminal",
                render_terminal(first_push(), Colour::no) + "\n#####\n\n" + render_terminal(clean(), Colour::no));
  expect_golden("terminal_lesson", render_lesson(*sample_book().by_id("flake8/F401"), Colour::no));
}

TEST(Terminal, WithoutAHostTheNextStepIsThePush) {
  auto facts = clean();
  facts.job = {};
  EXPECT_THAT(render_terminal(facts, Colour::no), HasSubstr("Everything passes; this is ready to push\n"));
  facts = first_push();
  facts.job = {};
  facts.checks.pop_back();
  EXPECT_THAT(render_terminal(facts, Colour::no), HasSubstr("Next step: look at 3 points below\n"));
}

TEST(Terminal, ColoursOnlyWhenAsked) {
  EXPECT_THAT(render_terminal(first_push(), Colour::no), Not(HasSubstr("\x1b")));
  EXPECT_THAT(render_terminal(first_push(), Colour::yes), HasSubstr("\x1b[1mNext step:"));
  EXPECT_THAT(render_lesson(sample_book().all()[0], Colour::no), Not(HasSubstr("\x1b")));
}

TEST(Terminal, CannotBeDrivenByTextFromOutside) {
  auto facts = first_push();
  const std::string wild =
      "\x1b]0;owned\a\x1b[2J\r\b\xC2\x9B"
      "31m\nforged line";
  facts.error_line = wild;
  for (auto& check : facts.checks) {
    check.name = check.headline = check.run_yourself = wild;
  }
  for (auto& f : facts.teaching.failed_tests) f.diagnostic.path = f.diagnostic.message = wild;
  for (auto& point : facts.teaching.points) {
    for (auto& f : point.findings) f.diagnostic.path = f.diagnostic.message = f.diagnostic.code = wild;
  }
  facts.teaching.formatters[0].command = facts.teaching.formatters[0].check = wild;
  const auto text = render_terminal(facts, Colour::no);
  for (const char c : text) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
  EXPECT_THAT(text, Not(HasSubstr("\xC2\x9B")));
  EXPECT_THAT(text, Not(HasSubstr("\nforged")));
}

TEST(Terminal, WrapsAtTheLastWordThatFits) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "wörter ";
  const auto block = wrapped(text, 7);
  for (const auto line : split_lines(block)) {
    EXPECT_LE(columns_of(line), kColumns);
    EXPECT_EQ(line.substr(0, 8), "       w");
  }
  EXPECT_EQ(wrapped("a\nb\n\nc", 1), " a b\n\n c\n");
  EXPECT_EQ(wrapped("", 1), "");
}

}  // namespace
}  // namespace greenroom::review
