#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/base/text.h"
#include "tests/unit/review/golden.h"
#include "tests/unit/review/rendered.h"
#include "tests/unit/review/samples.h"

namespace greenroom::review {
namespace {

using model::CheckKind;
using model::CheckState;
using ::testing::HasSubstr;
using ::testing::Not;
using State = model::WantedStatus::State;

std::string whole(const model::WantedReview& wanted) {
  std::string out = wanted.summary + "\n";
  for (const auto& thread : wanted.threads) {
    out += "\n----- " + thread.path + ":" + std::to_string(thread.start_line) + "-" + std::to_string(thread.line) +
           " " + thread.lesson + "\n\n" + thread.markdown + "\n";
  }
  for (const auto& status : wanted.statuses) {
    out += "\n===== " + status.context + " " + std::to_string(static_cast<int>(status.state)) + " " +
           status.description + " " + status.details_path;
  }
  return out + "\n";
}

State overall(const model::WantedReview& wanted) { return wanted.statuses.at(0).state; }

TEST(Compose, AFirstPushReadsAsItShould) { expect_golden("first_push", whole(compose(first_push()))); }

TEST(Compose, ACleanChangeReadsAsItShould) { expect_golden("clean", whole(compose(clean()))); }

TEST(Compose, EveryStageReadsAsItShould) {
  std::string all;
  using Stage = Facts::Stage;
  for (const auto stage :
       {Stage::waiting, Stage::running, Stage::superseded, Stage::dead_letter, Stage::closed, Stage::merged}) {
    auto facts = clean();
    facts.stage = stage;
    if (stage == Stage::waiting) facts.checks.clear();
    if (stage == Stage::running) facts.checks[1].state = CheckState::running;
    if (stage == Stage::dead_letter) facts.error_line = "the sandbox would not start: bwrap is missing";
    all += whole(compose(facts)) + "\n##########\n\n";
  }
  expect_golden("stages", all);
}

TEST(Compose, TheStructureIsWhatIsMeant) {
  const auto wanted = compose(first_push());
  const auto html = rendered(wanted.summary);
  EXPECT_EQ(count(html, "<h3>"), 1) << html;
  EXPECT_EQ(count(html, "<table>"), 1);
  EXPECT_EQ(count(html, "<tr>"), 5);
  EXPECT_EQ(count(html, "<details>"), count(html, "</details>"));
  EXPECT_EQ(count(html, "<ol>"), 1);
  EXPECT_EQ(count(html, "language-diff"), 1);
  ASSERT_FALSE(wanted.threads.empty());
  const auto thread = rendered(wanted.threads[0].markdown);
  EXPECT_EQ(count(thread, "<details>"), 1) << thread;
  EXPECT_EQ(count(thread, "language-python"), 2);
}

TEST(Compose, SaysWhyTheProjectsPackagesAreMissingAndThatItIsNotTheChange) {
  auto facts = clean();
  const std::string words = "requirements.txt asks for flask==99.0, which the package index does not have";
  facts.checks.insert(facts.checks.begin(),
                      check("environment", CheckKind::environment, CheckState::incomplete, words));
  auto fault = finding("environment", "ENV999", "requirements.txt", 0, words, "");
  fault.check = "environment";
  fault.placement = model::Placement::elsewhere;
  teach_into(facts, {fault});
  const auto wanted = compose(facts);
  EXPECT_THAT(wanted.summary, HasSubstr("**The project's packages could not be made ready:** requirements"));
  EXPECT_THAT(wanted.summary, HasSubstr("Nothing in this change has to be different for that."));
  EXPECT_THAT(wanted.summary, Not(HasSubstr("did not finish**")));
  EXPECT_TRUE(wanted.threads.empty());
  EXPECT_EQ(overall(wanted), State::neutral);
}

TEST(Compose, SaysWhatALargeEnvironmentCostsAndThatItIsNotTheChange) {
  auto facts = clean();
  facts.checks.insert(facts.checks.begin(), check("environment", CheckKind::environment, CheckState::passed,
                                                  "rez: 80 packages from package.py, kept from before"));
  auto large = finding("greenroom", "GR002", "package.py", 0, "PYTHONPATH has 80 folders (3.9 KiB)", "");
  large.check = "environment";
  large.placement = model::Placement::elsewhere;
  teach_into(facts, {large});
  const auto wanted = compose(facts);
  EXPECT_THAT(wanted.summary,
              HasSubstr("**The environment that the tests ran in is large:** PYTHONPATH has 80 folders"));
  EXPECT_THAT(wanted.summary, Not(HasSubstr("could not be made ready")));
  EXPECT_TRUE(wanted.threads.empty());
  EXPECT_EQ(overall(wanted), State::success);
}

TEST(Compose, AnEnvironmentThatIsReadyIsNoPraiseOfTheChange) {
  auto facts = clean();
  facts.checks.insert(facts.checks.begin(), check("environment", CheckKind::environment, CheckState::passed,
                                                  "virtualenv: 2 packages from requirements.txt, kept from before"));
  const auto summary = compose(facts).summary;
  const auto passes = summary.substr(summary.find("**What passes:**"));
  EXPECT_EQ(passes.substr(0, passes.find('\n')).find("environment"), std::string::npos);
  EXPECT_THAT(summary, HasSubstr("2 packages from requirements"));
}

TEST(Compose, NamesOneNextStepTheWorstFirst) {
  auto facts = first_push();
  EXPECT_THAT(compose(facts).summary, HasSubstr("Next step: make the one failing test pass"));
  facts.checks[3].state = CheckState::passed;
  EXPECT_THAT(compose(facts).summary, HasSubstr("Next step: look at the 3 notes in the diff"));
  teach_into(facts, {finding("flake8", "E999", "a.py", 2, "SyntaxError", "total("),
                     finding("mypy", "syntax", "a.py", 2, "invalid syntax", "total(")});
  EXPECT_THAT(compose(facts).summary, HasSubstr("Next step: mend the syntax in a.py, line 2"));
  EXPECT_EQ(compose(facts).threads.size(), 1u);
  teach_into(facts, {finding("black", "", "a b.py", 2, "would reformat", "x")});
  EXPECT_THAT(compose(facts).summary, HasSubstr("black 'a b.py'"));
  EXPECT_TRUE(compose(facts).threads.empty());
  teach_into(facts, {});
  EXPECT_THAT(compose(facts).summary, HasSubstr("Everything passes; next, a person reviews this change"));
}

TEST(Compose, AsksForAnotherFileNameBeforeTheNotesAndAfterAFailingTest) {
  auto facts = first_push();
  facts.checks.push_back(check(std::string(model::kFileNamesCheck), model::CheckKind::lint, CheckState::attention,
                               "rename src/sh\\xffow.py in plain letters"));
  EXPECT_THAT(compose(facts).summary, HasSubstr("Next step: make the one failing test pass"));
  EXPECT_THAT(compose(facts).summary, HasSubstr("| file-names | • rename src/sh\\\\xffow.py in plain letters |"));
  facts.checks[3].state = CheckState::passed;
  EXPECT_THAT(compose(facts).summary, HasSubstr("### Next step: rename src/sh\\\\xffow.py in plain letters\n\n"
                                                "No tool can be given a name with control characters"));
}

TEST(Compose, QuotesAToolsMessageAsCodeSoThatNothingIsPutIntoIt) {
  auto facts = clean();
  const std::string message = "commit 0123456789abcdef of @team is not in http://example.org";
  teach_into(facts, {finding("oddtool", "X1", "a.py", 2, message, "x = 1")});
  const auto review = compose(facts);
  EXPECT_THAT(review.summary, HasSubstr("`" + message + "`"));
  ASSERT_EQ(review.threads.size(), 1u);
  EXPECT_THAT(review.threads[0].markdown, HasSubstr("**`" + message + "`**"));
}

TEST(Compose, ShowsTheNameOfEveryFailingTest) {
  EXPECT_THAT(compose(first_push()).summary,
              HasSubstr("line 12, `test_an_empty_folder_has_no_shots`: `assert '0' == 0`"));
}

TEST(Compose, AToolThatCouldNotRunIsNotTheAuthorsFault) {
  auto facts = clean();
  facts.checks[1].state = CheckState::errored;
  const auto wanted = compose(facts);
  EXPECT_THAT(wanted.summary, HasSubstr("not yours"));
  EXPECT_EQ(overall(wanted), State::neutral);
  EXPECT_EQ(wanted.statuses[2].state, State::neutral);
  EXPECT_FALSE(wanted.findings_known);
}

// clean(), but for its tests, which were stopped.
Facts stopped(model::Limit limit, const std::string& why) {
  auto facts = clean();
  facts.checks[2] = check("pytest", CheckKind::test, CheckState::incomplete, "the tests did not finish: " + why);
  facts.checks[2].limit = limit;
  return facts;
}

TEST(Compose, TestsThatWereStoppedReadAsTheyShould) {
  std::string all;
  for (const auto& [limit, why] :
       {std::pair{model::Limit::time,
                  "they reached the time limit of 300 s; the last test that began was in tests/test_slow.py"},
        std::pair{model::Limit::memory, "they needed more than the 1024 MiB of memory they may"},
        std::pair{model::Limit::room, "they wrote more than the 512 MiB they may"}})
    all += whole(compose(stopped(limit, why))) + "\n##########\n\n";
  expect_golden("stopped", all);
}

TEST(Compose, TestsThatWereStoppedAreTheAuthorsNextStepAndNobodysFault) {
  auto facts = stopped(model::Limit::time, "they reached the time limit of 300 s");
  const auto wanted = compose(facts);
  EXPECT_THAT(wanted.summary, Not(HasSubstr("fault on")));
  EXPECT_EQ(overall(wanted), State::neutral);
  EXPECT_FALSE(wanted.findings_known);
  teach_into(facts, {finding("flake8", "F401", "a.py", 1, "m", "import os")});
  EXPECT_THAT(compose(facts).summary, HasSubstr("### Next step: find the test that takes so long"));
  facts.checks.push_back(check("unittest", CheckKind::test, CheckState::failed, "1 of 2 tests failed"));
  EXPECT_THAT(compose(facts).summary, HasSubstr("### Next step: make the failing tests pass"));
  facts.checks.pop_back();
  facts.checks[2].limit = model::Limit::none;
  EXPECT_THAT(compose(facts).summary, HasSubstr("### Next step: look at the note in the diff"));
}

TEST(Compose, TestsThatEndThemselvesAreTheAuthorsNextStepWhereNothingElseIs) {
  const auto wanted = compose(stopped(model::Limit::none, "they ended before they wrote their report"));
  EXPECT_THAT(wanted.summary, HasSubstr("### Next step: find what ends the tests before they are done"));
  EXPECT_THAT(wanted.summary, HasSubstr("pytest -x -v"));
  EXPECT_THAT(wanted.summary, Not(HasSubstr("Nothing to change")));
  EXPECT_EQ(overall(wanted), State::neutral);
}

TEST(Compose, OnlyFailingTestsAreAFailure) {
  EXPECT_EQ(overall(compose(first_push())), State::failure);
  auto facts = first_push();
  facts.checks.pop_back();
  EXPECT_EQ(overall(compose(facts)), State::neutral);
  for (const auto& status : compose(clean()).statuses) EXPECT_EQ(status.state, State::success) << status.context;
}

// clean() with its tests not run yet, as the bot has it then.
Facts waiting() {
  auto facts = clean();
  for (auto& check : facts.checks) {
    if (check.kind != CheckKind::test) continue;
    check.state = CheckState::waiting;
    check.headline.clear();
    check.tests = {};
  }
  facts.sections["approval"] = "**The tests wait for a person of the project.** `/ok-to-test 1234567`";
  return facts;
}

TEST(Compose, TestsThatWaitReadAsTheyShould) {
  const auto wanted = compose(waiting());
  expect_golden("waiting", whole(wanted));
  EXPECT_EQ(overall(wanted), State::pending) << "neutral would let a host merge it";
  EXPECT_EQ(wanted.statuses.back().state, State::pending);
  EXPECT_TRUE(wanted.findings_known) << "what the others found and find no more is gone";
  EXPECT_LT(wanted.summary.find("/ok-to-test"), wanted.summary.find("What passes")) << "it is said where people look";
}

TEST(Compose, ChecksThatWaitAllSaySoAndKnowNothing) {
  auto facts = waiting();
  for (auto& check : facts.checks) check.state = CheckState::waiting;
  const auto wanted = compose(facts);
  EXPECT_THAT(wanted.summary, HasSubstr("### The checks wait until a person of the project has seen this push"));
  EXPECT_FALSE(wanted.findings_known);
}

TEST(Compose, WhatTheAuthorCanDoComesBeforeTestsThatWait) {
  auto facts = waiting();
  teach_into(facts, {finding("flake8", "F401", "a.py", 1, "m", "import os")});
  const auto wanted = compose(facts);
  EXPECT_THAT(wanted.summary, HasSubstr("### Next step: look at the note in the diff"));
  EXPECT_EQ(overall(wanted), State::pending);
}

TEST(Compose, FindingsAreKnownOnlyWhenEveryCheckCameToItsEnd) {
  EXPECT_TRUE(compose(clean()).findings_known);
  EXPECT_TRUE(compose(first_push()).findings_known);
  for (const auto state : {CheckState::incomplete, CheckState::errored, CheckState::cancelled, CheckState::running}) {
    auto facts = clean();
    facts.checks[0].state = state;
    EXPECT_FALSE(compose(facts).findings_known);
  }
  auto facts = clean();
  facts.stage = Facts::Stage::running;
  EXPECT_FALSE(compose(facts).findings_known);
  facts = clean();
  teach_into(facts, {finding("flake8", "E999", "a.py", 2, "SyntaxError", "total(")});
  EXPECT_FALSE(compose(facts).findings_known) << "a file that does not parse hides its other findings";
}

TEST(Compose, LessonsFadeInTheThread) {
  const auto body = [](int met) {
    auto facts = clean();
    teach_into(facts,
               {finding("flake8", "E711", "a.py", 1, "comparison to None", "x == None"),
                finding("flake8", "E711", "a.py", 8, "comparison to None", "y == None")},
               {}, {{"flake8/E711", met}});
    return compose(facts).threads.at(0).markdown;
  };
  expect_golden("fading", body(0) + "\n\n-----\n\n" + body(1) + "\n\n-----\n\n" + body(3) + "\n");
  EXPECT_THAT(body(0), HasSubstr("<details>"));
  EXPECT_THAT(body(1), Not(HasSubstr("<details>")));
  EXPECT_LT(body(3).size(), body(1).size());
}

TEST(Compose, ARangeStandsInOneHunkAndSaysWhenItGoesOn) {
  auto facts = clean();
  auto long_one = finding("flake8", "E711", "a.py", 90, "m", "x");
  long_one.diagnostic.span = {90, 1, 300, 1};
  teach_into(facts, {long_one});
  auto thread = compose(facts).threads.at(0);
  EXPECT_EQ(thread.start_line, 90);
  EXPECT_EQ(thread.line, 100);
  EXPECT_THAT(thread.markdown, HasSubstr("It goes on to line 300."));
  long_one.placement = model::Placement::file;
  teach_into(facts, {long_one});
  EXPECT_EQ(compose(facts).threads.at(0).line, 0);
}

TEST(Compose, SaysWhenAChangeIsLarge) {
  EXPECT_THAT(compose(clean()).summary, Not(HasSubstr("Smaller changes")));
  auto facts = clean();
  facts.size = {12, 1400, 100};
  EXPECT_THAT(compose(facts).summary, HasSubstr("touches 1,500 lines in 12 files. Smaller changes"));
}

TEST(Compose, ShowsEveryBehavioursSectionAndNoneThatIsTooLong) {
  auto facts = clean();
  facts.sections["office_hours"] = "Thursday at three.";
  facts.sections["broken"] = std::string(9000, 'x');
  EXPECT_THAT(compose(facts).summary, HasSubstr("\n\nThursday at three.\n\n"));
  EXPECT_THAT(compose(facts).summary, Not(HasSubstr("xxx")));
}

TEST(Compose, FoldsWhatIsBeyondTheInlineFew) {
  auto facts = clean();
  teaching::Options options;
  options.inline_cap = 1;
  teach_into(facts,
             {finding("flake8", "F401", "a.py", 1, "m", "import os"), finding("flake8", "E711", "a.py", 2, "m", "x"),
              finding("tool", "X", "a.py", 3, "@maintainer <b>", "y")},
             options);
  const auto wanted = compose(facts);
  EXPECT_EQ(wanted.threads.size(), 1u);
  EXPECT_EQ(wanted.live_fingerprints.size(), 3u);
  EXPECT_THAT(wanted.summary, HasSubstr("2 more points for a later push</summary>"));
  EXPECT_THAT(wanted.summary, HasSubstr("**`@maintainer <b>`**")) << "in code nobody is pinged";
  EXPECT_THAT(wanted.threads[0].markdown, Not(HasSubstr("@maintainer")));
}

TEST(Compose, PraisesOnceAndHonestly) {
  auto facts = clean();
  teaching::Options options;
  options.quiet = {"flake8/F401"};
  teach_into(facts, {}, options);
  EXPECT_THAT(compose(facts).summary, HasSubstr("“Remove the import that nothing uses” has not come up"));
  EXPECT_THAT(compose(clean()).summary, Not(HasSubstr("come up")));
}

// The longest that everything can be, hostile to the last byte: still under every host's limit, still one table.
TEST(Compose, FitsIntoOneCommentWhateverComes) {
  auto facts = first_push();
  const std::string wild = "@a|`\\<b>](x)\xE2\x80\xAE" + std::string(5000, '@');
  facts.author_name = facts.error_line = wild;
  std::vector<model::Finding> findings;
  for (int i = 0; i < 120; ++i) {
    findings.push_back(finding("tool" + std::to_string(i), wild, wild + std::to_string(i), i + 1, wild, wild));
    findings.push_back(finding("flake8", i % 2 == 0 ? "F401" : "E711", wild + std::to_string(i), i + 1, wild, wild));
  }
  for (int i = 0; i < 60; ++i) {
    auto one = check(wild, CheckKind::test, i % 2 == 0 ? CheckState::failed : CheckState::errored, wild);
    one.what = one.why = one.run_yourself = wild;
    facts.checks.push_back(one);
  }
  facts.checks[0].patch = std::string(200000, '`') + "\n" + std::string(200000, '+');
  facts.sections["more"] = std::string(100000, 'x');
  for (const auto stage : {Facts::Stage::done, Facts::Stage::running}) {
    facts.stage = stage;
    teaching::Options options;
    options.inline_cap = 120;
    teach_into(facts, findings, options);
    facts.teaching.failed_tests = findings;
    const auto wanted = compose(facts);
    EXPECT_LE(wanted.summary.size(), kMarkdownLimit);
    EXPECT_TRUE(is_utf8(wanted.summary));
    const auto html = rendered(wanted.summary);
    EXPECT_EQ(count(html, "<table>"), 1);
    EXPECT_EQ(count(html, "<details>"), count(html, "</details>"));
    EXPECT_EQ(count(html, "<b>"), 0);
    for (const auto& thread : wanted.threads) EXPECT_LE(thread.markdown.size(), kMarkdownLimit);
    for (const auto& status : wanted.statuses) EXPECT_LE(status.description.size(), 140u);
  }
}

TEST(Compose, IsTheSameForTheSameFacts) { EXPECT_EQ(whole(compose(first_push())), whole(compose(first_push()))); }

}  // namespace
}  // namespace greenroom::review
