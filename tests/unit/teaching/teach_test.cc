#include <gtest/gtest.h>

#include <algorithm>

#include "lib/teaching/shell_words.h"
#include "tests/unit/teaching/texts.h"

namespace greenroom::teaching {
namespace {

using model::Placement;

class Teach : public ::testing::Test {
 protected:
  Teaching teach_now() const { return teach(findings, checks, book, memory, options); }
  std::string keys(const Teaching& teaching, bool only_inline = false) const {
    std::string out;
    for (const auto& point : teaching.points) {
      if (point.inline_now || !only_inline) out += point.key + " ";
    }
    return out;
  }

  LessonBook book = book_of({{"flake8/F401.md", lesson_text("flake8", "F401", "aliases: [pylint/W0611]")},
                             {"flake8/E999.md", lesson_text("flake8", "E999", "severity: essential")},
                             {"flake8/E741.md", lesson_text("flake8", "E741", "severity: informative")},
                             {"flake8/F841.md", lesson_text("flake8", "F841", "level: regular")},
                             {"flake8/E711.md", lesson_text("flake8", "E711")},
                             {"black/format.md", lesson_text("black", "format",
                                                             "kind: format\ncommand: 'black {path}'\n"
                                                             "aliases: ['black/*', 'flake8/E2*']")}});
  std::vector<model::Finding> findings;
  std::vector<model::CheckResult> checks;
  model::LessonMemory memory;
  Options options;
};

TEST_F(Teach, FoldsOneLessonOverToolsAndPlaces) {
  findings = {finding("flake8", "F401", "b.py", 9), finding("pylint", "W0611", "a.py", 2),
              finding("flake8", "F401", "a.py", 1)};
  const auto teaching = teach_now();
  ASSERT_EQ(teaching.points.size(), 1u);
  const auto& point = teaching.points[0];
  EXPECT_EQ(point.key, "flake8/F401");
  EXPECT_EQ(point.findings[0].diagnostic.path, "a.py");
  EXPECT_EQ(point.findings[0].diagnostic.span.line, 1);
  EXPECT_EQ(point.findings[2].diagnostic.path, "b.py");
}

TEST_F(Teach, PutsTheWorstFirstAndAtMostThreeInline) {
  findings = {finding("flake8", "E741", "a.py", 1), finding("flake8", "F841", "a.py", 2),
              finding("flake8", "F401", "a.py", 3), finding("flake8", "E711", "a.py", 4),
              finding("flake8", "E999", "z.py", 9)};
  const auto teaching = teach_now();
  EXPECT_EQ(keys(teaching), "flake8/E999 flake8/F401 flake8/E711 flake8/F841 flake8/E741 ");
  EXPECT_EQ(keys(teaching, true), "flake8/E999 flake8/F401 flake8/E711 ");
}

TEST_F(Teach, WhatDoesNotParseGoesBeforeEverything) {
  book = book_of({{"flake8/E999.md", lesson_text("flake8", "E999", "severity: essential\nlevel: advanced")},
                  {"flake8/F821.md", lesson_text("flake8", "F821", "severity: essential")}});
  findings = {finding("flake8", "F821", "a.py", 1), finding("flake8", "E999", "z.py", 9)};
  EXPECT_EQ(keys(teach_now()), "flake8/E999 flake8/F821 ");
}

TEST_F(Teach, WhatBeginnersCanMendGoesFirstAmongEquals) {
  findings = {finding("flake8", "F841", "a.py", 1), finding("flake8", "E711", "b.py", 1)};
  findings[0].diagnostic.severity = model::Severity::error;
  EXPECT_EQ(keys(teach_now()), "flake8/E711 flake8/F841 ");
}

TEST_F(Teach, SixtyFindingsOfOneRuleTakeOneThread) {
  for (int line = 1; line <= 60; ++line) findings.push_back(finding("flake8", "F401", "a.py", line));
  const auto teaching = teach_now();
  ASSERT_EQ(teaching.points.size(), 1u);
  EXPECT_EQ(teaching.points[0].findings.size(), 60u);
  EXPECT_EQ(teaching.live.size(), 60u);
}

TEST_F(Teach, AStandingThreadKeepsItsAnchorAndDoesNotCount) {
  findings = {finding("flake8", "F401", "a.py", 1), finding("flake8", "F401", "a.py", 7),
              finding("flake8", "F841", "a.py", 2), finding("flake8", "E711", "a.py", 4),
              finding("flake8", "E999", "z.py", 9)};
  options.standing = {"a.py:7:F401"};
  const auto teaching = teach_now();
  EXPECT_EQ(keys(teaching, true), "flake8/E999 flake8/E711 flake8/F401 flake8/F841 ");
  const auto point = std::find_if(teaching.points.begin(), teaching.points.end(),
                                  [](const Point& p) { return p.key == "flake8/F401"; });
  EXPECT_EQ(point->findings[0].diagnostic.span.line, 7);
  EXPECT_EQ(point->findings[1].diagnostic.span.line, 1);
}

TEST_F(Teach, WhatAPersonResolvedStaysSilentAndSoDoesItsLesson) {
  findings = {finding("flake8", "F401", "a.py", 1), finding("flake8", "F401", "a.py", 7),
              finding("flake8", "E711", "a.py", 9)};
  options.silenced = {"a.py:1:F401", "a.py:9:E711"};
  const auto teaching = teach_now();
  EXPECT_EQ(keys(teaching), "flake8/F401 ");
  EXPECT_EQ(keys(teaching, true), "");
  EXPECT_EQ(teaching.points[0].findings.size(), 1u);
  EXPECT_EQ(teaching.live.size(), 3u) << "silent is not gone";
}

TEST_F(Teach, LessonsFadeWithEveryMeeting) {
  EXPECT_EQ(depth_for(0), Depth::full);
  EXPECT_EQ(depth_for(1), Depth::brief);
  EXPECT_EQ(depth_for(2), Depth::brief);
  EXPECT_EQ(depth_for(3), Depth::code_only);
  EXPECT_EQ(depth_for(99), Depth::code_only);
  findings = {finding("pylint", "W0611", "a.py", 1), finding("flake8", "F841", "a.py", 1)};
  memory = {{"flake8/F401", 3}};
  const auto teaching = teach_now();
  EXPECT_EQ(teaching.points[0].depth, Depth::code_only) << "an alias is the same meeting";
  EXPECT_EQ(teaching.points[1].depth, Depth::full);
}

TEST_F(Teach, WhatTheHostRefusedIsNotAnchoredAgain) {
  findings = {finding("flake8", "F401", "a.py", 1), finding("flake8", "F401", "a.py", 7),
              finding("flake8", "F841", "a.py", 2)};
  options.refused = {findings[0].fingerprint, findings[2].fingerprint};
  const auto teaching = teach_now();
  EXPECT_EQ(keys(teaching), "flake8/F401 flake8/F841 ") << "it is still said";
  EXPECT_EQ(keys(teaching, true), "flake8/F401 ");
  EXPECT_EQ(teaching.points[0].findings[0].diagnostic.span.line, 7);
}

TEST_F(Teach, SpeaksOfTheAuthorsLinesOnly) {
  findings = {finding("flake8", "F401", "a.py", 1), finding("flake8", "F401", "a.py", 2),
              finding("flake8", "F841", "a.py", 3)};
  findings[0].placement = Placement::context;
  findings[1].placement = Placement::elsewhere;
  findings[2].placement = Placement::file;
  const auto teaching = teach_now();
  EXPECT_EQ(keys(teaching), "flake8/F841 ");
  EXPECT_EQ(teaching.elsewhere, 2);
  EXPECT_EQ(teaching.live.size(), 3u);
}

TEST_F(Teach, FormattersBecomeOneCommandAndNeverAPoint) {
  findings = {finding("black", "", "b c.py", 1), finding("black", "", "a.py", 1), finding("black", "", "old.py", 1),
              finding("flake8", "E231", "a.py", 2)};
  findings[2].placement = Placement::context;
  model::CheckResult black;
  black.name = "black";
  black.kind = model::CheckKind::format;
  black.patch = "the patch";
  checks = {black};
  const auto teaching = teach_now();
  EXPECT_TRUE(teaching.points.empty());
  ASSERT_EQ(teaching.formatters.size(), 1u);
  EXPECT_EQ(teaching.formatters[0].command, "black a.py 'b c.py'");
  EXPECT_EQ(teaching.formatters[0].patch, "the patch");
}

TEST_F(Teach, AFormatFindingOfALinterNamesTheFormatterEvenWhenItDidNotRun) {
  findings = {finding("flake8", "E231", "a.py", 2)};
  const auto teaching = teach_now();
  EXPECT_TRUE(teaching.points.empty());
  ASSERT_EQ(teaching.formatters.size(), 1u);
  EXPECT_EQ(teaching.formatters[0].check, "black");
  EXPECT_EQ(teaching.formatters[0].command, "black a.py");
}

TEST_F(Teach, AFormatterWithoutALessonIsStillNoPoint) {
  findings = {finding("clang-format", "", "a.cc", 2)};
  model::CheckResult check;
  check.name = "clang-format";
  check.kind = model::CheckKind::format;
  checks = {check};
  const auto teaching = teach_now();
  EXPECT_TRUE(teaching.points.empty());
  EXPECT_EQ(teaching.formatters.at(0).command, "clang-format a.cc");
}

TEST_F(Teach, FailedTestsAreKeptWhereverTheyLie) {
  findings = {finding("pytest", "failed", "b.py", 1), finding("pytest", "failed", "a.py", 1)};
  findings[0].placement = Placement::elsewhere;
  model::CheckResult pytest;
  pytest.name = "pytest";
  pytest.kind = model::CheckKind::test;
  checks = {pytest};
  const auto teaching = teach_now();
  ASSERT_EQ(teaching.failed_tests.size(), 2u);
  EXPECT_EQ(teaching.failed_tests[0].diagnostic.path, "a.py");
  EXPECT_EQ(teaching.elsewhere, 0);
  EXPECT_EQ(keys(teaching), "pytest/failed ");
}

TEST_F(Teach, AFaultOfTheLockIsToldOnNoLineOfTheChange) {
  findings = {finding("environment", "ENV001", "requirements.txt", 0), finding("flake8", "E711", "a.py", 3)};
  findings[0].placement = Placement::elsewhere;
  model::CheckResult environment;
  environment.name = "environment";
  environment.kind = model::CheckKind::environment;
  checks = {environment};
  const auto teaching = teach_now();
  ASSERT_TRUE(teaching.environment);
  EXPECT_EQ(teaching.environment->key, "environment/ENV001");
  EXPECT_EQ(teaching.elsewhere, 0);
  ASSERT_EQ(teaching.points.size(), 1u);
  EXPECT_EQ(teaching.points[0].findings[0].diagnostic.path, "a.py");
}

TEST_F(Teach, RulesWithoutALessonComeAfterThoseWithOneUnlessTheyAreErrors) {
  findings = {finding("x", "1", "a.py", 1), finding("y", "2", "a.py", 2), finding("flake8", "E711", "a.py", 3),
              finding("flake8", "E741", "a.py", 4)};
  findings[1].diagnostic.severity = model::Severity::error;
  EXPECT_EQ(keys(teach_now()), "flake8/E711 y/2 flake8/E741 x/1 ");
}

TEST_F(Teach, PraisesWhatHasGoneQuietUnlessItIsBack) {
  findings = {finding("flake8", "F401", "a.py", 1)};
  options.quiet = {"flake8/F401", "flake8/F841", "no/lesson"};
  EXPECT_EQ(teach_now().outgrown, std::vector<std::string>{"Title of F841"});
}

TEST_F(Teach, DoesNotDependOnTheOrderOfFindings) {
  for (int line = 1; line <= 5; ++line) {
    findings.push_back(finding("flake8", "F401", "a.py", line));
    findings.push_back(finding("flake8", "E711", "b.py", line));
  }
  const auto forward = teach_now();
  std::reverse(findings.begin(), findings.end());
  const auto backward = teach_now();
  ASSERT_EQ(keys(forward), keys(backward));
  for (std::size_t i = 0; i < forward.points.size(); ++i) {
    EXPECT_EQ(forward.points[i].findings[0].fingerprint, backward.points[i].findings[0].fingerprint);
  }
  EXPECT_EQ(forward.live, backward.live);
}

TEST(CommandFor, QuotesForTheShell) {
  EXPECT_EQ(command_for("black {path}", {"a.py", "it's; rm -rf.py", "-n.py", "$(x).py"}),
            "black a.py 'it'\\''s; rm -rf.py' ./-n.py '$(x).py'");
  EXPECT_EQ(command_for("make fmt", {"a.py"}), "make fmt");
}

}  // namespace
}  // namespace greenroom::teaching
