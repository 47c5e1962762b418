// The adapter for Gitea and Forgejo under the contract of every host, and where these two differ from the others.

#include <gmock/gmock.h>

#include "lib/hosts/hosts.h"
#include "tests/conformance/gitea_fixture.h"

namespace greenroom::testing {
namespace {

using gitea::Flavour;
using gitea::Role;
using model::EffectKind;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using What = gitea::Fault::What;

template <Flavour flavour>
std::unique_ptr<HostGround> ground_of() {
  return std::make_unique<GiteaGround>(flavour);
}
INSTANTIATE_TEST_SUITE_P(Gitea, HostContract, ::testing::Values(ground_of<Flavour::gitea>));
INSTANTIATE_TEST_SUITE_P(Forgejo, HostContract, ::testing::Values(ground_of<Flavour::forgejo>));

class GiteaHost : public GiteaFixture {};
INSTANTIATE_TEST_SUITE_P(Both, GiteaHost, ::testing::Values(Flavour::gitea, Flavour::forgejo), flavour_name);

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

}  // namespace
}  // namespace greenroom::testing
