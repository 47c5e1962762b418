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

std::string suggestion_block(const teaching::Point& point) {
  const auto suggestion = suggestion_for(point);
  return suggestion ? suggestion->block : "";
}

// A finding on line 7 whose fix touches lines 6 to 8, as the placing kept them.
teaching::Point over_lines(const std::vector<model::TextEdit>& edits,
                           const std::vector<std::string>& lines = {"from os import (", "    path,", ")"}) {
  auto out = point("    path,", edits);
  out.findings[0].diagnostic.fix->first_line = 6;
  out.findings[0].diagnostic.fix->lines = lines;
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

TEST(Suggestion, ReplacesSeveralLinesAndItsCommentStandsOnThem) {
  const auto all = over_lines({{{6, 1, 9, 1}, "import os\n"}});
  const auto suggestion = suggestion_for(all);
  ASSERT_TRUE(suggestion);
  EXPECT_EQ(suggestion->block, "```suggestion\nimport os\n```");
  EXPECT_EQ(suggestion->first, 6);
  EXPECT_EQ(suggestion->last, 8);
  const auto thread = compose_thread(all);
  EXPECT_EQ(thread.start_line, 6);
  EXPECT_EQ(thread.line, 8);
  EXPECT_NE(thread.markdown.find("```suggestion\nimport os\n```"), std::string::npos);
  EXPECT_EQ(thread.fingerprint, compose_thread(point("    path,", {})).fingerprint);
}

TEST(Suggestion, KeepsWhatItsEditsOverSeveralLinesLeave) {
  const std::pair<std::vector<model::TextEdit>, const char*> cases[] = {
      {{{{6, 1, 9, 1}, ""}}, "```suggestion\n```"},
      {{{{6, 17, 8, 1}, "name"}}, "```suggestion\nfrom os import (name)\n```"},
      {{{{7, 1, 8, 1}, ""}}, "```suggestion\nfrom os import (\n)\n```"},
      {{{{8, 2, 8, 2}, "  # two"}, {{6, 1, 6, 5}, "FROM"}},
       "```suggestion\nFROM os import (\n    path,\n)  # two\n```"},
      {{{{6, 0, 9, 0}, "import os\n"}}, "```suggestion\nimport os\n```"}};
  for (const auto& [edits, block] : cases) EXPECT_EQ(suggestion_block(over_lines(edits)), block);
}

TEST(Suggestion, IsNotMadeOfSeveralLinesThatDoNotFit) {
  const std::vector<model::TextEdit> fine{{{6, 1, 9, 1}, "import os\n"}};
  ASSERT_NE(suggestion_block(over_lines(fine)), "");
  for (const auto& edits : std::vector<std::vector<model::TextEdit>>{{{{5, 1, 9, 1}, "x\n"}},
                                                                     {{{6, 1, 10, 1}, "x\n"}},
                                                                     {{{6, 1, 9, 2}, "x\n"}},
                                                                     {{{6, 18, 8, 1}, "x"}},
                                                                     {{{6, 1, 9, 1}, "no line end"}},
                                                                     {{{6, 1, 7, 3}, "x"}, {{7, 2, 8, 1}, "y"}},
                                                                     {{{7, 1, 7, 1}, "x"}, {{7, 1, 7, 1}, "y"}},
                                                                     {{{6, 1, 6, 5}, "from"}},
                                                                     {{{6, 1, 9, 1}, "import\xE2\x80\x8B os\n"}},
                                                                     {{{6, 1, 9, 1}, "import os\r\n"}}}) {
    EXPECT_EQ(suggestion_block(over_lines(edits)), "");
  }
  EXPECT_EQ(suggestion_block(over_lines(fine, {"from os import (\r", "    path,\r", ")\r"})), "") << "line ends";
  EXPECT_EQ(suggestion_block(over_lines(fine, {"a", std::string(4000, 'x'), "b"})), "") << "nobody reads that";
  auto context = over_lines(fine);
  context.findings[0].placement = model::Placement::context;
  EXPECT_EQ(suggestion_block(context), "") << "not the author's line";
  auto unsafe = over_lines(fine);
  unsafe.findings[0].diagnostic.fix->safety = Fix::Safety::unsafe;
  EXPECT_EQ(suggestion_block(unsafe), "") << "the tool is not sure";
}

TEST(Suggestion, OfOneLineIsNotMadeForACommentOnSeveral) {
  auto p = point("a = 1", {{{7, 1, 7, 2}, "b"}});
  ASSERT_NE(compose_thread(p).markdown.find("```suggestion"), std::string::npos);
  p.findings[0].diagnostic.span.end_line = 9;
  p.findings[0].hunk_first_line = 1;
  p.findings[0].hunk_last_line = 20;
  const auto thread = compose_thread(p);
  EXPECT_EQ(thread.start_line, 7);
  EXPECT_EQ(thread.markdown.find("```suggestion"), std::string::npos);
}

}  // namespace
}  // namespace greenroom::review
