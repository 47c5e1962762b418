// The adapter for Gitea and Forgejo under the contract of every host, and where these two differ from the others.

#include <gmock/gmock.h>

#include <thread>

#include "lib/hosts/hosts.h"
#include "lib/review/review.h"
#include "tests/conformance/gitea_ground.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

using gitea::Flavour;
using gitea::Role;
using model::Effect;
using model::EffectKind;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using What = gitea::Fault::What;

template <Flavour flavour>
std::unique_ptr<HostGround> ground_of() {
  return std::make_unique<GiteaGround>(flavour);
}
INSTANTIATE_TEST_SUITE_P(Gitea, HostContract, ::testing::Values(ground_of<Flavour::gitea>));
INSTANTIATE_TEST_SUITE_P(Forgejo, HostContract, ::testing::Values(ground_of<Flavour::forgejo>));

// In both flavours.
class GiteaHost : public ::testing::TestWithParam<Flavour> {
 protected:
  Effect effect(EffectKind kind, const std::string& slot = "summary", const std::string& words = "Words") {
    Effect one;
    one.target = ground.change();
    one.kind = kind;
    one.slot = slot;
    one.head_sha = ground.head();
    one.body = review::with_marker(words, slot, key);
    return one;
  }
  Effect thread(int line = 3, const std::string& slot = "thread/f1") {
    auto one = effect(EffectKind::create_thread, slot);
    one.path = "src/a.py";
    one.line = line;
    return one;
  }
  Effect about(EffectKind kind, const std::string& reference, const std::string& words = "Words") {
    auto one = effect(kind, "thread/f1", words);
    one.host_ref = reference;
    return one;
  }
  std::string done(const Effect& one) {
    const auto reference = ground.host().perform(one);
    EXPECT_TRUE(reference) << reference.error().describe();
    return reference.value_or("");
  }
  Error error_of(const Effect& one) {
    const auto reference = ground.host().perform(one);
    return reference ? Error{ErrorKind::bug, "it was done", {}} : reference.error();
  }
  void fail_next(What what, const std::string& path, int status = 502, const std::string& method = "POST") {
    gitea::Fault fault;
    fault.what = what;
    fault.method = method;
    fault.path = path;
    fault.status = status;
    ground.gitea().inject(fault);
  }
  std::vector<hosts::Standing> standing() {
    const auto found = ground.host().standing(ground.change(), key);
    EXPECT_TRUE(found) << found.error().describe();
    return found.value_or(std::vector<hosts::Standing>());
  }
  std::vector<std::string> states_of_reviews() {
    std::vector<std::string> states;
    for (const auto& review : ground.gitea().reviews(GiteaGround::kRepository, ground.change().number))
      states.push_back(review.state);
    return states;
  }
  bool forgejo() const { return GetParam() == Flavour::forgejo; }

  GiteaGround ground{GetParam()};
  const Secret key{"the key"};
};
INSTANTIATE_TEST_SUITE_P(Both, GiteaHost, ::testing::Values(Flavour::gitea, Flavour::forgejo),
                         [](const auto& info) { return info.param == Flavour::gitea ? "Gitea" : "Forgejo"; });

TEST_P(GiteaHost, DoubtsAWriteThatWasAnsweredBadlyOrNotAndFindsIt) {
  for (const auto what : {What::act_then_answer, What::act_then_hang_up}) {
    const auto before = standing().size();
    fail_next(what, "/repos/*/issues/*/comments");
    EXPECT_EQ(error_of(effect(EffectKind::create_comment)).kind, ErrorKind::in_doubt);
    fail_next(what, "/repos/*/pulls/*/reviews");
    EXPECT_EQ(error_of(thread()).kind, ErrorKind::in_doubt);
    EXPECT_EQ(standing().size(), before + 2);
  }
}

TEST_P(GiteaHost, DoubtsNothingThatOnlyLooked) {
  fail_next(What::refuse, "/repos/*/issues/*/labels", 502, "GET");
  auto label = effect(EffectKind::add_label);
  label.name = "bug";
  EXPECT_EQ(error_of(label).kind, ErrorKind::transient);
}

// The review was written; only its comment's id could not be asked for.
TEST_P(GiteaHost, DoubtsAThreadWhoseIdItCouldNotLearn) {
  fail_next(What::refuse, "/repos/*/reviews/*/comments", 500, "GET");
  EXPECT_EQ(error_of(thread()).kind, ErrorKind::in_doubt);
  ASSERT_THAT(standing(), SizeIs(1));
  EXPECT_EQ(standing()[0].slot, "thread/f1");
}

TEST_P(GiteaHost, WhatBrokeOffMidwayIsNotPublishedWithTheNext) {
  fail_next(What::stop_midway, "/repos/*/pulls/*/reviews", 500);
  EXPECT_EQ(error_of(thread(2, "thread/lost")).kind, ErrorKind::in_doubt);
  EXPECT_THAT(states_of_reviews(), Contains("PENDING"));
  EXPECT_THAT(standing(), IsEmpty()) << "what is pending stands nowhere";
  done(thread(3, "thread/next"));
  ASSERT_THAT(standing(), SizeIs(1));
  EXPECT_EQ(standing()[0].slot, "thread/next");
  EXPECT_THAT(states_of_reviews(), Not(Contains("PENDING")));
}

TEST_P(GiteaHost, LeavesThePendingReviewsOfOthersAlone) {
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
TEST_P(GiteaHost, WritesOneReviewAtATime) {
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

TEST_P(GiteaHost, AThreadOnAWholeFileStandsOnItsFirstLine) {
  EXPECT_EQ(ground.anchor_of(done(thread(0))), std::pair(0, 1));
}

TEST_P(GiteaHost, AnAnswerStandsInItsConversationOnTheOldSideToo) {
  const auto number = ground.change().number;
  ground.gitea().person_reviews(GiteaGround::kRepository, number, "maya", "", "src/a.py", -2, "Why did this go?");
  const auto asked = ground.gitea().rows(GiteaGround::kRepository, number).front();
  const auto answer = ground.gitea().row(std::stoll(done(about(EffectKind::reply_thread, std::to_string(asked.id)))));
  EXPECT_EQ(answer.line, -2);
  EXPECT_EQ(answer.path, "src/a.py");
  EXPECT_EQ(answer.review == asked.review, forgejo()) << "only Forgejo takes an answer into a review that stands";
}

TEST_P(GiteaHost, SettlesAConversationInTheWayThatTheHostHas) {
  const auto reference = done(thread());
  done(about(EffectKind::resolve_thread, reference));
  const auto row = ground.gitea().row(std::stoll(reference));
  EXPECT_EQ(row.resolver != 0, !forgejo());
  EXPECT_EQ(row.body.starts_with("**Resolved.**"), forgejo());
  done(about(EffectKind::unresolve_thread, reference));
  EXPECT_EQ(ground.gitea().row(std::stoll(reference)).body, thread().body);
  EXPECT_EQ(ground.gitea().row(std::stoll(reference)).resolver, 0);
}

TEST_P(GiteaHost, ASettledThreadStaysSoThroughAnEdit) {
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

TEST_P(GiteaHost, SettlesAndEditsNobodyElsesConversation) {
  const auto number = ground.change().number;
  ground.gitea().person_reviews(GiteaGround::kRepository, number, "ben", "", "src/a.py", 2, "Mine.");
  const auto theirs = std::to_string(ground.gitea().rows(GiteaGround::kRepository, number).front().id);
  const auto writes = ground.deeds();
  for (const auto kind : {EffectKind::resolve_thread, EffectKind::edit_comment, EffectKind::delete_comment})
    EXPECT_EQ(error_of(about(kind, theirs)).kind, ErrorKind::not_found);
  EXPECT_EQ(ground.deeds(), writes);
}

TEST_P(GiteaHost, EditsAndDeletesItsOwnInlineComment) {
  const auto reference = done(thread());
  done(about(EffectKind::edit_comment, reference, "Other words"));
  EXPECT_THAT(ground.gitea().row(std::stoll(reference)).body, StartsWith("Other words"));
  done(about(EffectKind::delete_comment, reference));
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_P(GiteaHost, KeepsThePauseThatAProxyAsksFor) {
  ASSERT_GT(ground.host().bot_account_id(), 0);
  gitea::Fault limit;
  limit.status = 429;
  limit.headers = {{"Retry-After", "90"}};
  ground.gitea().inject(limit);
  EXPECT_THAT(error_of(effect(EffectKind::create_comment)).describe(), HasSubstr("it asks to wait 90 s"));
  const auto asked = ground.gitea().requests().size();
  EXPECT_THAT(error_of(effect(EffectKind::create_comment)).describe(), HasSubstr("asked for a pause"));
  EXPECT_EQ(ground.gitea().requests().size(), asked) << "nothing is asked meanwhile";
  ground.clock().advance(std::chrono::seconds(91));
  done(effect(EffectKind::create_comment));
}

TEST_P(GiteaHost, FollowsARepositoryToItsNewName) {
  done(effect(EffectKind::create_comment));
  ground.gitea().rename_repository(GiteaGround::kRepository, "tools");
  EXPECT_EQ(error_of(effect(EffectKind::create_comment, "say/1")).kind, ErrorKind::transient);
  done(effect(EffectKind::create_comment, "say/1"));
  EXPECT_THAT(standing(), SizeIs(2));
}

TEST_P(GiteaHost, SetsStatusesThatTheHostKnows) {
  auto status = effect(EffectKind::set_status);
  status.name = "greenroom/flake8";
  status.details_path = "/jobs/1";
  for (const auto* value : {"pending", "neutral", "neutral", "failure"}) {
    status.value = value;
    status.description = std::string(300, 'x');
    done(status);
  }
  const auto all = ground.gitea().statuses(GiteaGround::kRepository);
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[1].state, "success");
  EXPECT_EQ(all[1].target_url, "https://greenroom.example/jobs/1");
  EXPECT_LT(all[1].description.size(), 150u);
}

TEST_P(GiteaHost, MakesALabelThatIsNotThereYet) {
  auto label = effect(EffectKind::add_label);
  label.target = ground.issue();
  label.name = "first timer";
  done(label);
  label.name = "bug";
  done(label);
  std::vector<std::string> kinds;
  for (const auto& write : ground.gitea().ledger()) kinds.push_back(write.kind);
  EXPECT_EQ(kinds, (std::vector<std::string>{"label.create", "label.add", "label.add"}));
}

TEST_P(GiteaHost, AssignsAnIssueBesideThoseWhoAreThere) {
  auto one = effect(EffectKind::assign);
  one.target = ground.issue();
  for (const auto account : {GiteaGround::kBen, GiteaGround::kMaya}) {
    one.value = std::to_string(account);
    done(one);
  }
  EXPECT_EQ(ground.deeds(), 2);
  one.value = std::to_string(GiteaGround::kBen);
  done(one);
  EXPECT_EQ(ground.deeds(), 2) << "the second one did not take the first one off";
}

TEST_P(GiteaHost, SaysWhyItCannotKnowWhatPeopleMay) {
  ground.gitea().set_role(GiteaGround::kRepository, "roombot", Role::write);
  const auto permission = ground.host().permission(GiteaGround::kRepository, GiteaGround::kBen);
  ASSERT_FALSE(permission);
  EXPECT_THAT(permission.error().describe(), AllOf(HasSubstr("rejected"), HasSubstr("Only admins")));
}

// A list that is behind shows less: that is no reason to write again what the poster has a reference of.
TEST_P(GiteaHost, AListThatIsBehindHidesAndDoesNotMislead) {
  fail_next(What::hide_recent, "/repos/*/issues/*/comments", 200, "GET");
  done(effect(EffectKind::create_comment));
  EXPECT_THAT(standing(), IsEmpty());
  EXPECT_THAT(standing(), SizeIs(1));
}

TEST_P(GiteaHost, PollingFindsTheWordsThatNoWebhookTells) {
  const auto start = ground.host().deeds_since(GiteaGround::kRepository, "").value().cursor;
  ground.clock().advance(std::chrono::seconds(1));
  const auto number = ground.change().number;
  ground.gitea().person_reviews(GiteaGround::kRepository, number, "maya", "In all: fine.", "src/a.py", 2, "/run");
  done(thread());
  const auto deeds = ground.host().deeds_since(GiteaGround::kRepository, start).value();
  ASSERT_THAT(deeds.told, SizeIs(2)) << "the bot's own words are none";
  const auto* ingress = hosts::ingress_named("gitea");
  const auto inline_one = ingress->parse(deeds.told[0]).value(), words = ingress->parse(deeds.told[1]).value();
  EXPECT_EQ(inline_one->comment->body, "/run");
  EXPECT_EQ(inline_one->comment->thread, std::to_string(inline_one->comment->host_comment_id));
  EXPECT_EQ(words->comment->body, "In all: fine.");
  EXPECT_EQ(words->comment->thread, "");
  EXPECT_GT(words->comment->host_comment_id, 0);
}

TEST_P(GiteaHost, LooksBackThreeDaysAtFirst) {
  ground.person_comments(ground.issue(), "/help");
  ground.clock().advance(std::chrono::hours(71));
  EXPECT_THAT(ground.host().deeds_since(GiteaGround::kRepository, "").value().told, Not(IsEmpty()));
  ground.clock().advance(std::chrono::hours(2));
  EXPECT_THAT(ground.host().deeds_since(GiteaGround::kRepository, "").value().told, IsEmpty());
}

TEST_P(GiteaHost, TakesNoCursorThatIsAlmostItsOwn) {
  for (const auto* cursor : {"1.2", "1.2.3.4", "1.2.-3", "1..3", "9999999999999.1.1", "1.2.99999999999999999999"})
    EXPECT_FALSE(ground.host().deeds_since(GiteaGround::kRepository, cursor)) << cursor;
}

TEST_P(GiteaHost, LendsRunnersItsSecondTokenOnly) {
  const auto without = ground.host().read_access(GiteaGround::kRepository);
  ASSERT_TRUE(without) << without.error().describe();
  EXPECT_TRUE(without->token.empty());
  EXPECT_EQ(without->git_url, ground.gitea().url() + "/studio/pipeline.git");
  auto options = ground.options();
  options.read_token = Secret("reads-only");
  options.git_url = "https://git.example.org";
  ground.use(options);
  const auto with = ground.host().read_access(GiteaGround::kRepository);
  ASSERT_TRUE(with);
  EXPECT_EQ(with->token.reveal(), "reads-only");
  EXPECT_EQ(with->git_url, "https://git.example.org/studio/pipeline.git");
}

TEST_P(GiteaHost, SaysWhatToDoWhereItWasNotLetIn) {
  ground.gitea().add_repository("studio", "secret", 777);
  auto elsewhere = effect(EffectKind::create_comment);
  elsewhere.target.host_repository_id = 777;
  EXPECT_THAT(error_of(elsewhere).describe(), AllOf(HasSubstr("not_found"), HasSubstr("a collaborator")));
  auto options = ground.options();
  options.token = Secret("no token");
  ground.use(options);
  EXPECT_EQ(error_of(effect(EffectKind::create_comment)).kind, ErrorKind::transient);
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
