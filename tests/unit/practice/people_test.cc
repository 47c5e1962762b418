#include <gmock/gmock.h>

#include "lib/hosts/local/payload.h"
#include "tests/unit/practice/practice_fixture.h"

namespace greenroom::hosts::local {
namespace {

using model::EventKind;

struct People : Practice {
  std::int64_t change() { return receive(push("maya/first", "two\n")).at(0).change->number; }
  std::int64_t issue() { return open_issue(db, repository, maya, "Add frame ranges", "Some words.")->issue->number; }
  std::int64_t thread(std::int64_t number) {
    return std::stoll(
        database.answer("INSERT INTO local_host.thread (repository_id, number, path, line, head_sha) VALUES (" +
                        std::to_string(repository) + ", " + std::to_string(number) +
                        ", 'file.txt', 1, 'x') RETURNING id::text AS answer"));
  }
  void said(std::int64_t number, std::int64_t in) {
    ASSERT_TRUE(write_comment(db, repository, number, bot, "Something to look at", in));
  }
};

template <class T>
void expect_error(const Result<T>& result, ErrorKind kind) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, kind) << result.error().message;
}

TEST_F(People, AuthenticatesByLoginAndTokenAndNothingElse) {
  EXPECT_EQ(authenticate(db, "maya", token)->account.value().host_account_id, maya);
  EXPECT_FALSE(authenticate(db, "ben", token)->account.has_value());
  EXPECT_FALSE(authenticate(db, "maya", Secret("wrong"))->account.has_value());
  EXPECT_FALSE(authenticate(db, "nobody", token)->account.has_value());
  EXPECT_FALSE(authenticate(db, "greenroom", Secret(""))->account.has_value())
      << "no token means no push, not an empty one";
  EXPECT_EQ(database.answer("SELECT count(*)::text AS answer FROM local_host.account WHERE token_sha256 LIKE '%maya%'"),
            "0");
}

TEST_F(People, KeepsTheTokenWhenAnAccountIsPreparedAgain) {
  ASSERT_TRUE(ensure_account(db, "maya", "Maya M.", model::Account::Kind::person, std::nullopt));
  EXPECT_TRUE(authenticate(db, "maya", token)->account.has_value());
}

TEST_F(People, TellsOfACommentWithTheChangeItIsOn) {
  const auto number = change();
  const auto event = write_comment(db, repository, number, ben, "Welcome! /run", std::nullopt);
  ASSERT_TRUE(event) << event.error().describe();
  EXPECT_EQ(event->kind, EventKind::comment_created);
  EXPECT_EQ(event->change->number, number);
  EXPECT_EQ(event->comment->body, "Welcome! /run");
  EXPECT_EQ(event->comment->place, model::CommentFacts::Place::change);
  EXPECT_EQ(event->actor.login, "ben");
  EXPECT_TRUE(decode(encode(*event)));
  EXPECT_EQ(waiting(), "2");
}

TEST_F(People, TellsOfACommentOnAnIssueWithItsLabels) {
  const auto number = issue();
  ASSERT_TRUE(set_label(db, repository, number, ben, "bug", true));
  const auto event = write_comment(db, repository, number, ben, "/good-first-issue", std::nullopt);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->comment->place, model::CommentFacts::Place::issue);
  EXPECT_THAT(event->issue->labels, ::testing::ElementsAre("bug"));
}

TEST_F(People, RefusesCommentsThatAreNoText) {
  const auto number = change();
  expect_error(write_comment(db, repository, number, ben, " \n", std::nullopt), ErrorKind::user_fault);
  expect_error(write_comment(db, repository, number, ben, std::string(kCommentLimit + 1, 'x'), std::nullopt),
               ErrorKind::user_fault);
  expect_error(write_comment(db, repository, number, ben, "\xff", std::nullopt), ErrorKind::user_fault);
  expect_error(write_comment(db, repository, number, ben, std::string("a\0b", 3), std::nullopt), ErrorKind::user_fault);
  expect_error(write_comment(db, repository, 99, ben, "hello", std::nullopt), ErrorKind::not_found);
  EXPECT_EQ(waiting(), "1") << "only the change itself";
}

TEST_F(People, RefusesAReplyToTheThreadOfAnotherChange) {
  const auto number = change();
  const auto other = issue();
  expect_error(write_comment(db, repository, other, ben, "hello", thread(number)), ErrorKind::not_found);
}

TEST_F(People, SettlesAThreadOnceAndReopensIt) {
  const auto number = change();
  const auto where = thread(number);
  said(number, where);
  const auto settled = resolve_thread(db, repository, number, where, maya, true);
  ASSERT_TRUE(settled) << settled.error().describe();
  EXPECT_EQ(settled->kind, EventKind::thread_resolved);
  EXPECT_EQ(settled->comment->thread, std::to_string(where));
  EXPECT_TRUE(decode(encode(*settled)));
  expect_error(resolve_thread(db, repository, number, where, maya, true), ErrorKind::user_fault);
  EXPECT_EQ(resolve_thread(db, repository, number, where, ben, false)->kind, EventKind::thread_unresolved);
}

TEST_F(People, SettlesNoThreadOfAnotherChange) {
  const auto number = change();
  const auto where = thread(number);
  said(number, where);
  const auto other = issue();
  expect_error(resolve_thread(db, repository, other, where, maya, true), ErrorKind::not_found);
  expect_error(resolve_thread(db, repository + 1, number, where, maya, true), ErrorKind::not_found);
  EXPECT_EQ(resolve_thread(db, repository, number, where, maya, true)->change->number, number) << "it was open still";
}

TEST_F(People, LetsOnlyTheAuthorAndReviewersSettleAThread) {
  const auto number = change();
  const auto where = thread(number);
  said(number, where);
  const auto stranger = *ensure_account(db, "noor", "Noor", model::Account::Kind::person, std::nullopt);
  expect_error(resolve_thread(db, repository, number, where, stranger, true), ErrorKind::rejected);
}

TEST_F(People, NumbersIssuesAndChangesTogether) {
  const auto first = change();
  const auto second = issue();
  EXPECT_EQ(second, first + 1);
}

TEST_F(People, RefusesAnIssueWithoutAOneLineTitle) {
  expect_error(open_issue(db, repository, maya, "  ", ""), ErrorKind::user_fault);
  expect_error(open_issue(db, repository, maya, "a\nb", ""), ErrorKind::user_fault);
  expect_error(open_issue(db, repository, maya, std::string(kTitleLimit + 1, 'x'), ""), ErrorKind::user_fault);
}

TEST_F(People, LetsOnlyThoseWhoTriageSetLabelsAndOnIssuesOnly) {
  const auto number = issue();
  expect_error(set_label(db, repository, number, maya, "bug", true), ErrorKind::rejected);
  const auto event = set_label(db, repository, number, ben, " bug ", true);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->label, "bug");
  expect_error(set_label(db, repository, number, ben, "bug", true), ErrorKind::user_fault);
  EXPECT_EQ(set_label(db, repository, number, ben, "bug", false)->kind, EventKind::issue_unlabeled);
  expect_error(set_label(db, repository, number, ben, "bug", false), ErrorKind::user_fault);
  expect_error(set_label(db, repository, change(), ben, "bug", true), ErrorKind::user_fault);
}

TEST_F(People, LetsTheAuthorCloseTheirIssueOnce) {
  const auto number = issue();
  const auto stranger = *ensure_account(db, "noor", "Noor", model::Account::Kind::person, std::nullopt);
  expect_error(close_issue(db, repository, number, stranger), ErrorKind::rejected);
  EXPECT_EQ(close_issue(db, repository, number, maya)->kind, EventKind::issue_closed);
  expect_error(close_issue(db, repository, number, maya), ErrorKind::user_fault);
}

}  // namespace
}  // namespace greenroom::hosts::local
