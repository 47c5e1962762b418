#include <gtest/gtest.h>

#include "lib/review/compose_parts.h"
#include "tests/unit/review/samples.h"

namespace greenroom::review {
namespace {

using model::Fix;
using model::Span;

teaching::Point point(const std::string& text, const std::vector<model::TextEdit>& edits) {
  teaching::Point out;
  out.lesson = sample_book().by_id("flake8/E711");
  out.key = out.lesson->id;
  out.findings = {finding("ruff", "E711", "a.py", 7, "m", text)};
  out.findings[0].diagnostic.fix = Fix{Fix::Safety::safe, "", edits};
  return out;
}

TEST(Suggestion, ReplacesPartsOfTheAnchorLine) {
  EXPECT_EQ(suggestion_block(point("if a == None and b == None:", {{{7, 6, 7, 8}, "is"}, {{7, 20, 7, 22}, "is"}})),
            "```suggestion\nif a is None and b is None:\n```");
}

TEST(Suggestion, DeletesOrReplacesAWholeLine) {
  EXPECT_EQ(suggestion_block(point("import os", {{{7, 1, 8, 1}, ""}})), "```suggestion\n```");
  EXPECT_EQ(suggestion_block(point("import os, re", {{{7, 1, 8, 1}, "import re\n"}})), "```suggestion\nimport re\n```");
}

TEST(Suggestion, CannotBeClosedByTheCodeItHolds) {
  EXPECT_EQ(suggestion_block(point("a", {{{7, 1, 7, 2}, "```"}})), "````suggestion\n```\n````");
}

TEST(Suggestion, IsNotMadeWhereItIsNotSafe) {
  const Span some{7, 1, 7, 2};
  const auto fine = point("a = 1", {{some, "b"}});
  ASSERT_NE(suggestion_block(fine), "");
  auto p = fine;
  p.findings[0].diagnostic.fix->safety = Fix::Safety::unsafe;
  EXPECT_EQ(suggestion_block(p), "") << "the tool is not sure";
  p = fine;
  p.findings[0].diagnostic.fix.reset();
  EXPECT_EQ(suggestion_block(p), "") << "no fix";
  p = fine;
  p.lesson = nullptr;
  EXPECT_EQ(suggestion_block(p), "") << "no lesson";
  p = fine;
  p.lesson = sample_book().by_id("flake8/E999");
  EXPECT_EQ(suggestion_block(p), "") << "doing it by hand teaches";
  p = fine;
  p.findings[0].placement = model::Placement::context;
  EXPECT_EQ(suggestion_block(p), "") << "not the author's line";
  p = fine;
  p.findings[0].line_text = "a = 1\r";
  EXPECT_EQ(suggestion_block(p), "") << "the line end would change";
}

TEST(Suggestion, IsNotMadeOfEditsThatDoNotFit) {
  for (const auto& edits : std::vector<std::vector<model::TextEdit>>{{},
                                                                     {{{8, 1, 8, 2}, "b"}},
                                                                     {{{7, 1, 9, 1}, "b\n"}},
                                                                     {{{7, 1, 7, 99}, "b"}},
                                                                     {{{7, 0, 7, 0}, "b"}},
                                                                     {{{7, 3, 7, 2}, "b"}},
                                                                     {{{7, 1, 7, 4}, "b"}, {{7, 3, 7, 5}, "c"}},
                                                                     {{{7, 1, 7, 2}, "a"}},
                                                                     {{{7, 1, 7, 2}, "\xE2\x80\xAE"}},
                                                                     {{{7, 1, 7, 2}, std::string(5000, 'x')}}}) {
    EXPECT_EQ(suggestion_block(point("a = 1", edits)), "");
  }
}

}  // namespace
}  // namespace greenroom::review
