// Threads on Gitea and Forgejo: reviews that are pending meanwhile, and what only one of the two hosts has.

#include <gmock/gmock.h>

#include <algorithm>
#include <thread>

#include "lib/hosts/hosts.h"
#include "tests/conformance/gitea_fixture.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

using gitea::Flavour;
using model::Effect;
using model::EffectKind;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using What = gitea::Fault::What;

class GiteaThreads : public GiteaFixture {};
INSTANTIATE_TEST_SUITE_P(Both, GiteaThreads, ::testing::Values(Flavour::gitea, Flavour::forgejo), flavour_name);

// The review was written; only its comment's id could not be asked for.
TEST_P(GiteaThreads, DoubtsAThreadWhoseIdItCouldNotLearn) {
  fail_next(What::refuse, "/repos/*/reviews/*/comments", 500, "GET");
  EXPECT_EQ(error_of(thread()).kind, ErrorKind::in_doubt);
  ASSERT_THAT(standing(), SizeIs(1));
  EXPECT_EQ(standing()[0].slot, "thread/f1");
}

TEST_P(GiteaThreads, WhatBrokeOffMidwayIsNotPublishedWithTheNext) {
  fail_next(What::stop_midway, "/repos/*/pulls/*/reviews", 500);
  EXPECT_EQ(error_of(thread(2, "thread/lost")).kind, ErrorKind::in_doubt);
  EXPECT_THAT(states_of_reviews(), Contains("PENDING"));
  EXPECT_THAT(standing(), IsEmpty()) << "what is pending stands nowhere";
  done(thread(3, "thread/next"));
  ASSERT_THAT(standing(), SizeIs(1));
  EXPECT_EQ(standing()[0].slot, "thread/next");
  EXPECT_THAT(states_of_reviews(), Not(Contains("PENDING")));
}

TEST_P(GiteaThreads, LeavesThePendingReviewsOfOthersAlone) {
  for (int n = 0; n < 60; ++n) {
    const auto login = "reviewer" + std::to_string(n);
    ground.gitea().add_user(login, 1000 + n);
    ground.gitea().person_begins_review(GiteaGround::kRepository, ground.change().number, login, "src/a.py", 3, "Hm.");
  }
  done(thread());
  EXPECT_THAT(standing(), SizeIs(1)) << "a page of reviews that nobody shows us is not the last one";
  EXPECT_EQ(std::ranges::count(states_of_reviews(), "PENDING"), 60);
}

// Two bots of one account write at once: the second one would publish what the first one has written so far.
TEST_P(GiteaThreads, WritesOneReviewAtATime) {
  auto options = ground.options();
  options.review_lock = std::make_shared<hosts::gitea::ProcessReviewLock>(std::chrono::milliseconds(0));
  ground.use(options);
  const auto second = hosts::gitea::make_host(options, ground.clock());
  ASSERT_GT(second->bot_account_id(), 0);
  fail_next(What::hold_midway, "/repos/*/pulls/*/reviews");
  Result<std::string> first;
  std::thread writer([&] { first = ground.host().perform(thread(2, "thread/first")); });
  EXPECT_TRUE(wait_until([&] { return ground.gitea().held() == 1; }));
  const auto meanwhile = second->perform(thread(3, "thread/second"));
  ground.gitea().release();
  writer.join();
  ASSERT_FALSE(meanwhile);
  EXPECT_EQ(meanwhile.error().kind, ErrorKind::transient);
  ASSERT_TRUE(first) << first.error().describe();
  const auto later = second->perform(thread(3, "thread/second"));
  ASSERT_TRUE(later) << later.error().describe();
  const auto& gitea = ground.gitea();
  EXPECT_NE(gitea.row(std::stoll(*first)).review, gitea.row(std::stoll(*later)).review);
}

TEST_P(GiteaThreads, AThreadOnAWholeFileStandsOnItsFirstLine) {
  EXPECT_EQ(ground.anchor_of(done(thread(0))), std::pair(0, 1));
}

TEST_P(GiteaThreads, AnAnswerStandsInItsConversationOnTheOldSideToo) {
  const auto number = ground.change().number;
  ground.gitea().person_reviews(GiteaGround::kRepository, number, "maya", "", "src/a.py", -2, "Why did this go?");
  const auto asked = ground.gitea().rows(GiteaGround::kRepository, number).front();
  const auto answer = ground.gitea().row(std::stoll(done(about(EffectKind::reply_thread, std::to_string(asked.id)))));
  EXPECT_EQ(answer.line, -2);
  EXPECT_EQ(answer.path, "src/a.py");
  EXPECT_EQ(answer.review == asked.review, forgejo()) << "only Forgejo takes an answer into a review that stands";
}

TEST_P(GiteaThreads, SettlesAConversationInTheWayThatTheHostHas) {
  const auto reference = done(thread());
  done(about(EffectKind::resolve_thread, reference));
  const auto row = ground.gitea().row(std::stoll(reference));
  EXPECT_EQ(row.resolver != 0, !forgejo());
  EXPECT_EQ(row.body.starts_with("**Resolved.**"), forgejo());
  done(about(EffectKind::unresolve_thread, reference));
  EXPECT_EQ(ground.gitea().row(std::stoll(reference)).body, thread().body);
  EXPECT_EQ(ground.gitea().row(std::stoll(reference)).resolver, 0);
}

TEST_P(GiteaThreads, ASettledThreadStaysSoThroughAnEdit) {
  const auto reference = done(thread());
  done(about(EffectKind::resolve_thread, reference));
  const auto edit = about(EffectKind::edit_comment, reference, "Other words");
  done(edit);
  ASSERT_THAT(standing(), SizeIs(1));
  EXPECT_TRUE(standing()[0].resolved);
  EXPECT_EQ(standing()[0].body, edit.body) << "without the line that settles it";
  const auto writes = ground.deeds();
  done(edit);
  EXPECT_EQ(ground.deeds(), writes);
}

TEST_P(GiteaThreads, SettlesAndEditsNobodyElsesConversation) {
  const auto number = ground.change().number;
  ground.gitea().person_reviews(GiteaGround::kRepository, number, "ben", "", "src/a.py", 2, "Mine.");
  const auto theirs = std::to_string(ground.gitea().rows(GiteaGround::kRepository, number).front().id);
  const auto writes = ground.deeds();
  for (const auto kind : {EffectKind::resolve_thread, EffectKind::edit_comment, EffectKind::delete_comment})
    EXPECT_EQ(error_of(about(kind, theirs)).kind, ErrorKind::not_found);
  EXPECT_EQ(ground.deeds(), writes);
}

TEST_P(GiteaThreads, EditsAndDeletesItsOwnInlineComment) {
  const auto reference = done(thread());
  done(about(EffectKind::edit_comment, reference, "Other words"));
  EXPECT_THAT(ground.gitea().row(std::stoll(reference)).body, StartsWith("Other words"));
  done(about(EffectKind::delete_comment, reference));
  EXPECT_THAT(standing(), IsEmpty());
}

// On Gitea it would go with the review, and the answer with it.
TEST_P(GiteaThreads, DeletesNoAnswerOfAPerson) {
  const auto reference = done(thread());
  ground.person_replies(reference, "Why?");
  const auto removal = about(EffectKind::delete_comment, reference);
  if (forgejo())
    done(removal);
  else
    EXPECT_EQ(error_of(removal).kind, ErrorKind::rejected);
  const auto rows = ground.gitea().rows(GiteaGround::kRepository, ground.change().number);
  EXPECT_EQ(std::ranges::count(rows, "Why?", &gitea::Row::body), 1);
}

TEST_P(GiteaThreads, ARangeThatTheHostRefusesStandsOnItsLastLine) {
  auto range = thread(9);
  range.start_line = 2;
  EXPECT_EQ(ground.anchor_of(done(range)), std::pair(0, 9));
  EXPECT_THAT(standing(), SizeIs(1));
}

// A version of Gitea from before the routes: it is settled as on Forgejo, and a range stands on its last line.
TEST(OldGitea, IsAskedOnceForWhatItHasNot) {
  FakeGiteaOptions old;
  old.resolves = false;
  GiteaGround ground(old);
  const Secret key("the key");
  Effect thread;
  thread.target = ground.change();
  thread.kind = EffectKind::create_thread;
  thread.head_sha = ground.head();
  thread.path = "src/a.py";
  thread.line = 3;
  thread.body = review::with_marker("Words", "thread/f1", key);
  for (int n = 0; n < 2; ++n) {
    auto resolve = thread;
    resolve.kind = EffectKind::resolve_thread;
    resolve.host_ref = ground.host().perform(thread).value();
    ASSERT_TRUE(ground.host().perform(resolve));
    EXPECT_THAT(ground.gitea().row(std::stoll(resolve.host_ref)).body, StartsWith("**Resolved.**"));
  }
  const auto asked = ground.gitea().requests();
  EXPECT_EQ(std::ranges::count_if(asked, [](const auto& one) { return one.path.ends_with("/resolve"); }), 1);
}

// Forgejo before 16 takes the length of a range and forgets it: the thread would stand on the first line.
TEST(OldForgejo, GetsNoRangeThatItForgets) {
  FakeGiteaOptions old;
  old.flavour = Flavour::forgejo;
  old.version = "11.0.3+gitea-1.22.0";
  GiteaGround ground(old);
  Effect thread;
  thread.target = ground.change();
  thread.kind = EffectKind::create_thread;
  thread.head_sha = ground.head();
  thread.path = "src/a.py";
  thread.start_line = 2;
  thread.line = 4;
  thread.body = "Words";
  EXPECT_EQ(ground.anchor_of(ground.host().perform(thread).value()), std::pair(0, 4));
}

}  // namespace
}  // namespace greenroom::testing
