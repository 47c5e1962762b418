#include <gmock/gmock.h>

#include "tests/browser/seeded_dashboard.h"

namespace greenroom::testing {
namespace {

using ::testing::HasSubstr;

// The seed's change was opened three hours ago and Ben wrote two hours ago; a check asks for something.
struct WhoseTurn : ::testing::Test {
  SeededDashboard dashboard;
  const std::string maya = dashboard.sign_in("maya"), ben = dashboard.sign_in("ben");
  int comments = 1000;

  void say(const std::string& login, const std::string& ago, bool asks) {
    dashboard.database.script(
        "INSERT INTO human_reply (repository_id, target_kind, number, host_comment_id, person_id, at, asks, "
        "of_project) "
        "SELECT repository.id, 'change', 1, " +
        std::to_string(++comments) + ", person.id, now() - interval '" + ago + "', " + (asks ? "true" : "false") +
        ", login = 'ben' FROM repository, person WHERE login = '" + login + "'");
  }
  void edit_into_a_question(const std::string& ago) {  // the newest comment
    dashboard.database.script("UPDATE human_reply SET asks = true, asked_at = now() - interval '" + ago +
                              "', edited_at = now() WHERE host_comment_id = " + std::to_string(comments));
  }
  // The start page and the change's page agree.
  void expect(const std::string& cookie, const std::string& turn, const std::string& since) {
    for (const char* path : {"/", "/practice/shotlist/changes/1"}) {
      const std::string page = dashboard.get(path, cookie).body;
      EXPECT_THAT(page, HasSubstr("turn\">" + turn + "<")) << path;
      EXPECT_THAT(page, HasSubstr(">" + since + "<")) << path;
    }
  }
};

TEST_F(WhoseTurn, IsTheAuthorsWhileAPlainCommentIsAllTheySaid) {
  say("maya", "1 hour", false);
  expect(maya, "Your turn", "for 2 hours");
  expect(ben, "Waiting for Maya", "for 2 hours");
}

TEST_F(WhoseTurn, IsTheProjectsFromTheFirstQuestionThatNobodyAnswered) {
  say("maya", "150 minutes", true);  // Ben's word came after it
  expect(maya, "Your turn", "for 2 hours");
  say("maya", "90 minutes", true);
  say("maya", "30 minutes", true);
  say("maya", "20 minutes", false);
  expect(maya, "Waiting for Ben", "for 1 hour");
  expect(ben, "Your turn: Maya waits for an answer", "for 1 hour");
}

TEST_F(WhoseTurn, StaysTheProjectsWhileOnlyAnotherNewcomerAnswers) {
  say("maya", "90 minutes", true);
  say("noor", "10 minutes", false);
  expect(maya, "Waiting for Ben", "for 1 hour");
}

TEST_F(WhoseTurn, IsNotMovedByAnotherNewcomersWord) {
  dashboard.database.script("UPDATE check_run SET state = 'passed'; DELETE FROM human_reply");
  expect(maya, "Waiting for Ben", "for 3 hours");
  say("noor", "10 minutes", false);
  expect(maya, "Waiting for Ben", "for 3 hours");
  say("ben", "5 minutes", false);
  expect(maya, "Your turn", "for 5 minutes");
}

TEST_F(WhoseTurn, IsTheProjectsFromTheEditThatMadeAQuestion) {
  say("maya", "150 minutes", false);  // Ben's word came after it
  expect(maya, "Your turn", "for 2 hours");
  edit_into_a_question("65 minutes");
  expect(maya, "Waiting for Ben", "for 1 hour");
  edit_into_a_question("130 minutes");
  expect(maya, "Your turn", "for 2 hours");
}

TEST_F(WhoseTurn, IsTheAuthorsWhenTheirTestsReachedALimit) {
  dashboard.database.script(
      "UPDATE check_run SET state = 'passed'; DELETE FROM human_reply; UPDATE check_run SET state = 'incomplete', "
      "stopped_for = 'time' WHERE kind = 'test'");
  expect(maya, "Your turn", "for 3 hours");
}

TEST_F(WhoseTurn, ComesBackToTheAuthorWithTheAnswer) {
  say("maya", "90 minutes", true);
  say("ben", "10 minutes", false);
  expect(maya, "Your turn", "for 10 minutes");
  expect(ben, "Waiting for Maya", "for 10 minutes");
}

}  // namespace
}  // namespace greenroom::testing
