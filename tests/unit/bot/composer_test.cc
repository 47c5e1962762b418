#include "lib/bot/composer.h"

#include <gmock/gmock.h>

#include "lib/review/review.h"
#include "tests/unit/bot/fake_host.h"
#include "tests/unit/bot/line_fixture.h"

namespace greenroom::bot {
namespace {

using model::EventKind;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class ComposerTest : public BotTest {
 protected:
  ComposerTest() {
    auto book = teaching::LessonBook::from_texts({});
    if (!book) throw std::runtime_error(book.error().describe());
    book_ = std::move(*book);
    happen(change_event());
  }

  void compose_all() {
    Composer composer(pool_, settings_, book_);
    for (;;) {
      const auto step = composer.compose_one();
      ASSERT_TRUE(step) << step.error().describe();
      if (*step == Step::nothing) return;
    }
  }
  model::WantedReview wanted() {
    const auto review = review::wanted_from_json(answer("SELECT wanted AS answer FROM review"));
    if (!review) throw std::runtime_error(review.error().describe());
    return *review;
  }
  void finish_job_with_finding() {
    database_.script(R"(
      UPDATE job SET state = 'finished', finished_at = now(), lease_epoch = 1, attempts = 1 WHERE state = 'queued';
      INSERT INTO check_run (job_id, lease_epoch, position, name, kind, state, headline, finished_at)
        SELECT max(id), 1, 0, 'flake8', 'lint', 'attention', '1 to look at', now() FROM job;
      INSERT INTO finding (job_id, check_name, tool, code, severity, path, line, message, placement, line_text,
                           hunk_first_line, hunk_last_line, fingerprint)
        SELECT max(id), 'flake8', 'flake8', 'F401', 'warning', 'src/a.py', 3, '''os'' imported but unused', 'author_line',
               'import os', 1, 9, 'f1' FROM job;
      UPDATE review SET dirty_version = dirty_version + 1;
    )");
  }

  teaching::LessonBook book_;
};

TEST_F(ComposerTest, WritesTheWaitingReviewWithTheBehavioursSections) {
  compose_all();
  EXPECT_EQ(wanted().head_sha, kFirstHead);
  EXPECT_THAT(wanted().summary, HasSubstr("Welcome, Maya"));
  EXPECT_THAT(wanted().threads, IsEmpty());
  EXPECT_FALSE(wanted().findings_known);
  EXPECT_EQ(answer("SELECT wanted_version = dirty_version AS answer FROM review"), "t");
}

TEST_F(ComposerTest, TurnsFindingsIntoThreads) {
  finish_job_with_finding();
  compose_all();
  ASSERT_THAT(wanted().threads, SizeIs(1));
  EXPECT_EQ(wanted().threads[0].path, "src/a.py");
  EXPECT_EQ(wanted().threads[0].line, 3);
  EXPECT_TRUE(wanted().findings_known);
}

TEST_F(ComposerTest, HoldsWhatTestsFoundWhileTheyWait) {
  finish_job_with_finding();
  database_.script(R"(
    INSERT INTO check_run (job_id, lease_epoch, position, name, kind, state) SELECT max(id), 1, 1, 'pytest', 'test', 'waiting' FROM job;
    INSERT INTO posted (repository_id, target_kind, number, slot, host_ref, detail) SELECT repository_id, 'change', 1, slot, '7', detail::jsonb
      FROM change, (VALUES ('thread/t1', '{"lesson": "pytest/failed"}'), ('thread/f2', '{"lesson": "flake8/F841"}')) v (slot, detail);
  )");
  compose_all();
  EXPECT_TRUE(wanted().findings_known);
  EXPECT_THAT(wanted().live_fingerprints, ::testing::ElementsAre("f1", "t1")) << "f2 is gone, of t1 nobody knows";
}

TEST_F(ComposerTest, KeepsToTheProjectsLowerCap) {
  finish_job_with_finding();
  database_.script("UPDATE job SET inline_cap = 0");
  compose_all();
  EXPECT_THAT(wanted().threads, IsEmpty());
  EXPECT_THAT(wanted().summary, HasSubstr("src/a.py"));
}

// The lesson was met on the first of `earlier` changes before this one.
class PraiseTest : public ComposerTest {
 protected:
  std::string summary_after(int earlier) {
    auto book = teaching::LessonBook::load(std::string(GREENROOM_SOURCE_DIR) + "/templates/lessons");
    if (!book) throw std::runtime_error(book.error().describe());
    book_ = std::move(*book);
    const auto count = std::to_string(earlier);
    database_.script(
        "INSERT INTO change (id, repository_id, number, author_id, title, head_ref, base_ref, head_sha, base_sha,"
        " state, opened_at, closed_at) OVERRIDING SYSTEM VALUE"
        " SELECT -n, c.repository_id, 1000 + n, c.author_id, 'earlier', 'b', 'main', c.head_sha, c.base_sha,"
        " 'merged', now(), now() FROM change c, generate_series(1, " +
        count + ") n WHERE c.id > 0");
    database_.script(
        "INSERT INTO lesson_shown (person_id, lesson, change_id)"
        " SELECT author_id, 'flake8/E722', -" +
        count + " FROM change WHERE id > 0");
    database_.script(
        "UPDATE job SET state = 'finished', finished_at = now(), lease_epoch = 1, attempts = 1;"
        "UPDATE review SET dirty_version = dirty_version + 1");
    compose_all();
    return wanted().summary;
  }
};

TEST_F(PraiseTest, NamesALessonThatStayedAwayForFiveChanges) {
  EXPECT_THAT(summary_after(6), HasSubstr("“Name the exception that is expected” has not come up"));
}

TEST_F(PraiseTest, IsNotSaidBeforeItIsTrue) { EXPECT_THAT(summary_after(5), Not(HasSubstr("come up"))); }

TEST_F(PraiseTest, IsNotSaidAgain) { EXPECT_THAT(summary_after(7), Not(HasSubstr("come up"))); }

TEST_F(ComposerTest, ComposesTheNewestHeadOnly) {
  finish_job_with_finding();
  happen(change_event(EventKind::change_updated, kSecondHead));
  compose_all();
  EXPECT_EQ(wanted().head_sha, kSecondHead);
  EXPECT_THAT(wanted().threads, IsEmpty());
  EXPECT_FALSE(wanted().findings_known);
}

TEST_F(ComposerTest, StaysSilentAboutWhatAPersonResolved) {
  finish_job_with_finding();
  database_.script(
      "INSERT INTO posted (repository_id, target_kind, number, slot, host_ref, state) VALUES "
      "((SELECT id FROM repository), 'change', 1, 'thread/f1', '7', 'resolved_by_person')");
  compose_all();
  EXPECT_THAT(wanted().threads, IsEmpty());
}

// A comment composes the review again; that opens no further points on the same head.
TEST_F(ComposerTest, SaysInTheSummaryWhatTheHostAnchorsNowhere) {
  finish_job_with_finding();
  compose_all();
  ASSERT_THAT(wanted().threads, SizeIs(1));
  auto fake = std::make_unique<FakeHost>();
  fake->answers = {FakeHost::Answer::done, FakeHost::Answer::refused};
  hosts_["local"] = std::move(fake);
  post_all();
  compose_all();
  EXPECT_THAT(wanted().threads, IsEmpty());
  EXPECT_THAT(wanted().summary, AllOf(HasSubstr("imported but unused"), HasSubstr("src/a.py")));
  post_all();
  EXPECT_EQ(answer("SELECT settled_version = dirty_version AS answer FROM review"), "t");
}

// What only shows that checks run may wait; the end of the checks may not.
TEST_F(ComposerTest, TheEndOfTheChecksHurriesWhatWaited) {
  compose_all();
  Planner planner(pool_);
  ASSERT_EQ(planner.plan_one().value(), Step::did);
  database_.script("UPDATE effect SET urgency = 3");
  finish_job_with_finding();
  compose_all();
  EXPECT_EQ(answer("SELECT string_agg(DISTINCT urgency::text, ',') AS answer FROM effect"), "1");
}

TEST_F(ComposerTest, CountsThePointsOfThisHeadThatStandAlready) {
  finish_job_with_finding();
  const auto post = [&](int number, const std::string& head) {
    database_.script(
        "INSERT INTO posted (repository_id, target_kind, number, slot, host_ref, state, detail) VALUES "
        "((SELECT id FROM repository), 'change', 1, 'thread/g" +
        std::to_string(number) + "', '" + std::to_string(number) + "', 'resolved_by_bot', '{\"head_sha\": \"" + head +
        "\"}')");
  };
  for (int i = 0; i < 3; ++i) post(i, kFirstHead);
  compose_all();
  EXPECT_THAT(wanted().threads, IsEmpty());
  database_.script(
      "UPDATE posted SET detail = '{\"head_sha\": \"an earlier one\"}' WHERE slot = 'thread/g2';"
      "UPDATE review SET dirty_version = dirty_version + 1");
  compose_all();
  EXPECT_THAT(wanted().threads, SizeIs(1));
}

TEST_F(ComposerTest, ABurstIsOneReview) {
  for (int i = 0; i < 5; ++i) happen(change_event(EventKind::change_updated, std::string(40, "0123456789"[i])));
  Composer composer(pool_, settings_, book_);
  EXPECT_EQ(*composer.compose_one(), Step::did);
  EXPECT_EQ(*composer.compose_one(), Step::nothing);
}

TEST_F(ComposerTest, PutsOffAReviewThatCannotBeComposedAndGoesOnWithOthers) {
  auto other = change_event(EventKind::change_opened, kSecondHead);
  other.change->number = 5;
  happen(other);
  finish_job_with_finding();
  // A word that this program does not know, as a newer one might write it.
  database_.script(
      "ALTER TABLE check_run DROP CONSTRAINT check_run_kind_check; UPDATE check_run SET kind = 'spell', "
      "job_id = (SELECT min(id) FROM job); UPDATE job SET lease_epoch = 1");
  Composer composer(pool_, settings_, book_);
  EXPECT_EQ(*composer.compose_one(), Step::did);
  EXPECT_EQ(*composer.compose_one(), Step::did);
  EXPECT_EQ(*composer.compose_one(), Step::nothing);
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM review WHERE wanted_version = dirty_version"), "1");
  EXPECT_EQ(answer("SELECT count(*) AS answer FROM review WHERE failures > 0"), "1");
}

}  // namespace
}  // namespace greenroom::bot
