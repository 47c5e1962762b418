// What GitLab's adapter reads, where GitLab differs from the other hosts.

#include <gmock/gmock.h>

#include "tests/conformance/gitlab_host_fixture.h"

namespace greenroom::testing {
namespace {

using gitlab::Level;
using hosts::Permission;
using model::EffectKind;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using GitlabReading = GitlabHostTest;

TEST_F(GitlabReading, KnowsWhatEachLevelMay) {
  const std::vector<std::pair<Level, Permission>> levels{
      {Level::none, Permission::none},       {Level::guest, Permission::read},
      {Level::planner, Permission::triage},  {Level::reporter, Permission::triage},
      {Level::developer, Permission::write}, {Level::maintainer, Permission::admin},
      {Level::owner, Permission::admin}};
  for (const auto& [level, permission] : levels) {
    ground.gitlab().set_level(kProject, "ben", level);
    EXPECT_EQ(ground.host().permission(kProject, GitlabGround::kBen).value(), permission) << level;
  }
  ground.gitlab().add_user("stranger", 99);
  ground.gitlab().add_project("studio/open", 777, "public");
  EXPECT_EQ(ground.host().permission(kProject, 99).value(), Permission::none);
  EXPECT_EQ(ground.host().permission(777, 99).value(), Permission::read);
}

TEST_F(GitlabReading, LendsRunnersItsSecondTokenOnly) {
  auto options = ground.options();
  const auto without = ground.host().read_access(kProject);
  ASSERT_TRUE(without) << without.error().describe();
  EXPECT_TRUE(without->token.empty());
  EXPECT_EQ(without->git_url, ground.gitlab().url() + "/studio/tools/pipeline.git");
  options.read_token = Secret(ground.gitlab().add_token("roombot", "read_repository"));
  ground.use(options);
  EXPECT_EQ(ground.host().read_access(kProject)->token.reveal(), options.read_token.reveal());
  options.token = options.read_token;
  ground.use(options);
  EXPECT_EQ(error_of(effect(EffectKind::create_comment)).kind, ErrorKind::rejected) << "it may only read";
}

TEST_F(GitlabReading, PutsNoNameOfAProjectIntoAUrlUnchecked) {
  for (const char* path : {"studio/../x", "studio/a b", "studio/a@evil.example", "studio"}) {
    ground.gitlab().add_project(path, kProject);
    EXPECT_EQ(ground.host().read_access(kProject).error().kind, ErrorKind::transient) << path;
  }
}

TEST_F(GitlabReading, WaitsForAChangeThatIsBeingPrepared) {
  ground.gitlab().set_preparing(kProject, ground.change_number());
  EXPECT_THAT(ground.host().open_heads(kProject).value(), IsEmpty());
  const auto described = ground.host().describe(kProject, ground.change_number());
  ASSERT_FALSE(described);
  EXPECT_EQ(described.error().kind, ErrorKind::transient);
}

TEST_F(GitlabReading, DescribesWhatNoWebhookSays) {
  const auto event = ground.host().describe(kProject, ground.change_number());
  ASSERT_TRUE(event) << event.error().describe();
  EXPECT_EQ(event->change->base_sha, std::string(40, 'b'));
  EXPECT_EQ(event->change->author.login, "maya");
  EXPECT_EQ(event->repository.full_name, "studio/tools/pipeline");
  EXPECT_FALSE(event->change->trusted_author);
  ground.gitlab().set_level(kProject, "maya", Level::developer);
  EXPECT_TRUE(ground.host().describe(kProject, ground.change_number())->change->trusted_author);
  ground.gitlab().person_closes(kProject, GitlabGround::Kind::merge_request, ground.change_number(), "maya");
  EXPECT_EQ(ground.host().describe(kProject, ground.change_number())->kind, model::EventKind::change_closed);
}

TEST_F(GitlabReading, ACommentKeepsItsReferenceWhenSomebodyAnswersIt) {
  const auto reference = made(effect(EffectKind::create_comment));
  ground.person_replies(ground.gitlab().note(kProject, std::stoll(reference)).discussion, "Thanks");
  ASSERT_THAT(standing(), SizeIs(1));
  EXPECT_EQ(standing()[0].host_ref, reference);
}

TEST_F(GitlabReading, TakesGitlabsOwnNotesForNoAnswer) {
  const auto reference = made(thread(3));
  ground.gitlab().system_notes(kProject, reference, "maya", "changed this line in version 2 of the diff");
  EXPECT_FALSE(standing().at(0).answered);
  ground.person_replies(reference, "Why?");
  EXPECT_TRUE(standing().at(0).answered);
}

// Settling moves no time: what was settled is told with whatever moves the change next, and means the same each time.
TEST_F(GitlabReading, TellsWhatWasSettledWhenTheChangeMoves) {
  const auto reference = made(thread(3));
  auto start = deeds_since("").cursor;
  ground.person_resolves(reference);
  EXPECT_THAT(deeds_since(start).told, IsEmpty());
  ground.person_comments(ground.issue(), "meanwhile");
  start = deeds_since(start).cursor;
  ground.person_comments(ground.change(), "now");
  const auto deeds = deeds_since(start);
  ASSERT_THAT(deeds.told, SizeIs(2));
  EXPECT_THAT(deeds.told[0].semantic_key, HasSubstr("thread_resolved"));
  ground.person_comments(ground.change(), "and again");
  EXPECT_EQ(deeds_since(deeds.cursor).told.at(0).semantic_key, deeds.told[0].semantic_key);
}

TEST_F(GitlabReading, TellsNothingOfItsOwnAndNothingConfidential) {
  const auto start = deeds_since("").cursor;
  made(effect(EffectKind::create_comment));
  const auto secret = ground.gitlab().person_opens_issue(kProject, "maya", "A hole", true);
  ground.gitlab().person_comments(kProject, GitlabGround::Kind::issue, secret, "ben", "/help");
  EXPECT_THAT(deeds_since(start).told, IsEmpty());
}

TEST_F(GitlabReading, TellsLabelsAndStatesAsTheirWebhooksDo) {
  const auto tell = [&](const auto& deed) {
    ground.clock().advance(std::chrono::seconds(5));
    const auto start = deeds_since("").cursor;
    deed();
    const auto told = deeds_since(start).told;
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].semantic_key, ground.meaning_of_last_webhook());
  };
  tell([&] { ground.maintainer_labels(ground.issue_number(), "bug"); });
  tell([&] { ground.maintainer_unlabels(ground.issue_number(), "bug"); });
  tell([&] { ground.person_closes_issue(ground.issue_number()); });
  tell([&] { ground.person_opens_issue(); });
}

TEST_F(GitlabReading, ShowsItsTokenInNoAddress) {
  made(effect(EffectKind::create_comment));
  (void)deeds_since("");
  for (const auto& asked : ground.gitlab().requests())
    EXPECT_THAT(asked.path, Not(HasSubstr(ground.options().token.reveal())));
  auto options = ground.options();
  options.token = Secret("glpat-ended");
  ground.use(options);
  EXPECT_EQ(ground.host().bot_account_id(), 0);
  EXPECT_THAT(error_of(effect(EffectKind::create_comment)).describe(),
              AllOf(HasSubstr("transient"), Not(HasSubstr("glpat"))));
}

}  // namespace
}  // namespace greenroom::testing
