#include <gmock/gmock.h>

#include <thread>

#include "lib/hosts/local/payload.h"
#include "tests/unit/practice/practice_fixture.h"

namespace greenroom::hosts::local {
namespace {

using model::EventKind;
using ::testing::HasSubstr;

TEST_F(Practice, OpensAChangeForABranchBesideTheDefaultBranch) {
  const std::string base = head();
  const auto update = push("maya/first", "two\n", "Collect shots\n\nGroups them by sequence.");
  const auto events = receive(update);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, EventKind::change_opened);
  EXPECT_EQ(events[0].repository.full_name, "practice/shotlist");
  EXPECT_EQ(events[0].change->number, 1);
  EXPECT_EQ(events[0].change->title, "Collect shots");
  EXPECT_EQ(events[0].change->description, "Groups them by sequence.");
  EXPECT_EQ(events[0].change->head_sha, update.new_sha);
  EXPECT_EQ(events[0].change->base_sha, base);
  EXPECT_EQ(events[0].change->author.login, "maya");
  EXPECT_FALSE(events[0].change->trusted_author);
  EXPECT_EQ(waiting(), "1");
  EXPECT_TRUE(decode(encode(events[0]))) << "the ingress has to be able to read it";
}

TEST_F(Practice, UpdatesTheOpenChangeOfTheBranchAndKeepsItsAuthor) {
  receive(push("maya/first", "two\n"));
  const auto second = push("maya/first", "three\n");
  const auto events = receive(second, ben);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, EventKind::change_updated);
  EXPECT_EQ(events[0].change->number, 1);
  EXPECT_EQ(events[0].change->head_sha, second.new_sha);
  EXPECT_EQ(events[0].change->author.login, "maya");
  EXPECT_EQ(events[0].actor.login, "ben");
}

TEST_F(Practice, TellsDeedsInTheOrderOfTheirTimes) {
  const auto first = receive(push("maya/first", "two\n"));
  const auto second = receive(push("maya/first", "three\n"));
  ASSERT_TRUE(!first.empty() && !second.empty());
  EXPECT_LT(first[0].at, second[0].at);
}

TEST_F(Practice, ClosesTheChangeOfADeletedBranch) {
  const auto update = push("maya/first", "two\n");
  receive(update);
  const auto events = receive({update.new_sha, std::string(40, '0'), update.ref});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, EventKind::change_closed);
  const auto again = receive(push("maya/first", "three\n"));
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].change->number, 2) << "a closed change stays closed; the branch begins another";
}

TEST_F(Practice, MergesTheChangesThatThePushOfTheDefaultBranchContains) {
  receive(push("maya/first", "two\n"));
  git({"switch", "-q", "main"});
  receive(push("maya/other", "else\n"));
  git({"switch", "-q", "main"});
  git({"merge", "-q", "--no-ff", "-m", "Merge", "maya/first"});
  const std::string before = head("main~1");
  git({"push", "-q", "origin", "main"});
  const auto events = receive({before, head(), "refs/heads/main"}, ben);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, EventKind::change_merged);
  EXPECT_EQ(events[0].change->number, 1);
}

TEST_F(Practice, OpensNothingForABranchThatAddsNothing) {
  git({"switch", "-q", "-c", "maya/empty", "main"});
  git({"push", "-q", "origin", "maya/empty"});
  EXPECT_TRUE(receive({std::string(40, '0'), head(), "refs/heads/maya/empty"}).empty());
}

TEST_F(Practice, CallsAChangeAsItsBranchWhenTheCommitSaysNothing) {
  git({"switch", "-q", "-c", "maya/quiet", "main"});
  git({"commit", "-q", "--allow-empty", "--allow-empty-message", "-m", ""});
  git({"push", "-q", "origin", "maya/quiet"});
  const auto events = receive({std::string(40, '0'), head(), "refs/heads/maya/quiet"});
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].change->title, "maya/quiet");
}

TEST_F(Practice, KeepsNothingOfAPushThatFailsHalfWay) {
  const auto good = push("maya/first", "two\n");
  const auto failed = receive_push(db, bare(), repository, 999, {good});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::not_found);
  EXPECT_EQ(database.answer("SELECT count(*)::text AS answer FROM local_host.item"), "0");
  EXPECT_EQ(waiting(), "0");
}

TEST_F(Practice, NumbersTwoPushesAtOneTimeOneAfterTheOther) {
  const auto first = push("maya/a", "a\n");
  git({"switch", "-q", "main"});
  const auto second = push("maya/b", "b\n");
  const auto other = database.open();
  const auto begun = db.run_script("BEGIN; SELECT 1 FROM local_host.repository FOR UPDATE");
  ASSERT_TRUE(begun);
  std::vector<model::Event> theirs;
  std::thread waits(
      [&] { theirs = receive_push(*other, bare(), repository, maya, {second}).value_or(std::vector<model::Event>()); });
  ASSERT_TRUE(db.run_script("COMMIT"));
  receive(first);
  waits.join();
  EXPECT_EQ(theirs.size(), 1u);
  EXPECT_EQ(database.answer("SELECT string_agg(number::text, ' ' ORDER BY number) AS answer FROM local_host.item"),
            "1 2");
}

void expect_refused(const Result<void>& result, const std::string& words) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::rejected);
  EXPECT_THAT(result.error().message, HasSubstr(words));
}

RefUpdate to(const std::string& ref) { return {std::string(40, '0'), std::string(40, 'a'), ref}; }

TEST_F(Practice, LetsANewcomerPushBranchesOfTheirOwnOnly) {
  EXPECT_TRUE(allow_push(db, repository, maya, {to("refs/heads/maya/first")}));
  expect_refused(allow_push(db, repository, maya, {to("refs/heads/main")}), "maintainers");
  expect_refused(allow_push(db, repository, maya, {to("refs/tags/v1")}), "only branches");
  expect_refused(allow_push(db, repository, maya, {to("refs/heads/\xff")}), "UTF-8");
  expect_refused(allow_push(db, repository, maya, {to("refs/heads/" + std::string(201, 'x'))}), "200 bytes");
  expect_refused(allow_push(db, repository, maya, {to("refs/heads/a"), to("refs/heads/main")}), "maintainers");
}

TEST_F(Practice, KeepsANewcomerOffABranchThatIsThereAlready) {
  const std::string tip(40, 'b'), gone(40, '0');
  for (const auto& new_sha : {std::string(40, 'a'), gone})
    expect_refused(allow_push(db, repository, maya, {{tip, new_sha, "refs/heads/release/1.0"}}), "another name");
  receive(push("maya/first", "two\n"));
  EXPECT_TRUE(allow_push(db, repository, maya, {{tip, gone, "refs/heads/maya/first"}}));
  EXPECT_TRUE(allow_push(db, repository, ben, {{tip, gone, "refs/heads/release/1.0"}}));
}

TEST_F(Practice, RefusesNamesThatGitTakesForOthers) {
  for (const auto pusher : {maya, ben})
    for (const char* name : {"refs/heads/main", "refs/tags/v1", "HEAD"})
      expect_refused(allow_push(db, repository, pusher, {to("refs/heads/" + std::string(name))}), "for another");
}

TEST_F(Practice, LetsAMaintainerPushTheDefaultBranchAndOthersChanges) {
  receive(push("maya/first", "two\n"));
  EXPECT_TRUE(allow_push(db, repository, ben, {to("refs/heads/main"), to("refs/heads/maya/first")}));
}

TEST_F(Practice, KeepsANewcomerOffSomebodyElsesChange) {
  receive(push("ben/work", "two\n"), ben);
  expect_refused(allow_push(db, repository, maya, {to("refs/heads/ben/work")}), "somebody else's");
}

TEST(RefUpdates, AreReadOnlyAsGitWritesThem) {
  const std::string line = std::string(40, '0') + " " + std::string(40, 'a') + " refs/heads/x y\n";
  const auto updates = parse_ref_updates(line + line);
  ASSERT_TRUE(updates);
  ASSERT_EQ(updates->size(), 2u);
  EXPECT_EQ((*updates)[1].ref, "refs/heads/x y");
  for (const std::string& bad : std::vector<std::string>{"x\n", "0 1 refs/heads/a\n", line.substr(0, 82),
                                                         std::string(40, 'g') + line.substr(40)}) {
    EXPECT_FALSE(parse_ref_updates(bad)) << bad;
  }
  EXPECT_TRUE(parse_ref_updates("")->empty());
}

}  // namespace
}  // namespace greenroom::hosts::local
