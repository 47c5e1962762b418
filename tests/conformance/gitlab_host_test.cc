// GitLab's adapter under the contract of every host, and what it writes where GitLab differs from the others.

#include <gmock/gmock.h>

#include "tests/conformance/gitlab_host_fixture.h"

namespace greenroom::testing {
namespace {

using model::Effect;
using model::EffectKind;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using What = gitlab::Fault::What;

INSTANTIATE_TEST_SUITE_P(Gitlab, HostContract, ::testing::Values([]() -> std::unique_ptr<HostGround> {
                           return std::make_unique<GitlabGround>();
                         }));

using GitlabHost = GitlabHostTest;

TEST_F(GitlabHost, DoubtsAWriteThatWasAnsweredBadlyOrNotAndFindsIt) {
  for (const auto what : {What::act_then_answer, What::act_then_hang_up}) {
    fault(what, "POST", "/projects/*/merge_requests/*/notes");
    const auto before = standing().size();
    EXPECT_EQ(error_of(effect(EffectKind::create_comment)).kind, ErrorKind::in_doubt);
    EXPECT_EQ(standing().size(), before + 1);
  }
}

TEST_F(GitlabHost, DoubtsNothingThatOnlyLooked) {
  fault(What::refuse, "GET", "/projects/*/merge_requests/*");
  auto label = effect(EffectKind::add_label);
  label.name = "bug";
  EXPECT_EQ(error_of(label).kind, ErrorKind::transient);
}

TEST_F(GitlabHost, SaysInGitlabsWordsWhyAnAnchorIsNone) {
  EXPECT_THAT(error_of(thread(400)).describe(), AllOf(HasSubstr("rejected"), HasSubstr("line_code")));
  EXPECT_THAT(error_of(thread(1, 0, "src/none.py")).describe(), HasSubstr("rejected"));
  auto elsewhere = thread(1);
  elsewhere.head_sha = std::string(40, 'e');
  EXPECT_THAT(error_of(elsewhere).describe(), AllOf(HasSubstr("rejected"), HasSubstr("no version of this head")));
  EXPECT_THAT(standing(), IsEmpty());
}

TEST_F(GitlabHost, PutsAThreadOnAWholeFile) { EXPECT_EQ(position_of(made(thread(0))).type, "file"); }

// A target that moved makes base and start differ, and a push makes the change's own diff_refs another head's.
TEST_F(GitlabHost, SaysTheThreeShasOfTheVersionThatWasReviewed) {
  const std::string next(40, 'c'), moved(40, 'f');
  ground.gitlab().add_commit(kProject, moved, std::string(40, 'b'), {{"other", "x\n"}});
  ground.gitlab().set_branch(kProject, "main", moved);
  ground.gitlab().add_commit(kProject, next, ground.head(), {{"src/a.py", "1\n2\n3\n4\n5\n"}});
  ground.gitlab().person_pushes(kProject, ground.change_number(), next);
  const auto old = position_of(made(thread(3)));
  EXPECT_EQ(old.head_sha, ground.head());
  EXPECT_EQ(old.start_sha, std::string(40, 'b'));
  auto newer = thread(5);
  newer.head_sha = next;
  const auto at = position_of(made(newer));
  EXPECT_EQ(at.base_sha, std::string(40, 'b'));
  EXPECT_EQ(at.start_sha, moved);
}

TEST_F(GitlabHost, SaysBothNumbersOfALineThatDidNotChange) {
  const std::string head(40, 'c');
  open_change(head, {{"src/a.py", "zero\none\ntwo\nthree\n"}});
  const auto added = position_of(made(on_second(thread(1), head)));
  EXPECT_EQ(added.old_line, 0);
  const auto unchanged = position_of(made(on_second(thread(3), head)));
  EXPECT_EQ(unchanged.old_line, 2);
  EXPECT_EQ(unchanged.new_line, 3);
  const auto range = position_of(made(on_second(thread(2, 1), head)));
  EXPECT_EQ(range.first_new_line, 1);
  EXPECT_EQ(range.old_line, 1);
}

TEST_F(GitlabHost, FindsLinesOfNewAndOfRenamedFiles) {
  const std::string head(40, 'c');
  open_change(head, {{"src/new.py", "a\nb\n"}, {"src/b.py", "one\n2\nthree\n"}}, false, {{"src/b.py", "src/a.py"}});
  EXPECT_EQ(position_of(made(on_second(thread(2, 1, "src/new.py"), head))).new_line, 2);
  const auto renamed = position_of(made(on_second(thread(2, 1, "src/b.py"), head)));
  EXPECT_EQ(renamed.old_path, "src/a.py");
  EXPECT_EQ(renamed.first_old_line, 1);
}

TEST_F(GitlabHost, LetsASuggestionReachOverTheLinesOfItsThread) {
  const auto words = [&](const std::string& before) {
    return review::with_marker(before + "\n```suggestion\nx\n```", "thread/f1", key);
  };
  auto wanted = thread(3, 2);
  wanted.body = words("Why");
  const auto reference = made(wanted);
  EXPECT_THAT(ground.gitlab().first_note(kProject, reference).body, HasSubstr("\n```suggestion:-1+0\nx\n```"));
  auto edit = effect(EffectKind::edit_comment, "thread/f1");
  edit.host_ref = reference;
  edit.body = words("Why not");
  made(edit);
  EXPECT_THAT(standing().front().body, AllOf(HasSubstr("Why not"), HasSubstr("suggestion:-1+0")));
  const int deeds = ground.deeds();
  made(edit);
  EXPECT_EQ(ground.deeds(), deeds);
}

TEST_F(GitlabHost, KeepsThePauseThatTheLimitOfNotesAsksFor) {
  ground.gitlab().limit_notes(1);
  ASSERT_TRUE(perform(effect(EffectKind::create_comment)));
  EXPECT_THAT(error_of(effect(EffectKind::create_comment, "say/1")).describe(),
              AllOf(HasSubstr("transient"), HasSubstr("it asks to wait 60 s")));
  const auto asked = ground.gitlab().requests().size();
  EXPECT_THAT(error_of(effect(EffectKind::create_comment, "say/1")).describe(), HasSubstr("asked for a pause"));
  EXPECT_EQ(ground.gitlab().requests().size(), asked) << "nothing is asked meanwhile";
  ground.clock().advance(std::chrono::seconds(61));
  EXPECT_TRUE(perform(effect(EffectKind::create_comment, "say/1")));
}

TEST_F(GitlabHost, WaitsUntilItsRequestsAreCountedAnew) {
  ground.gitlab().limit_requests(0, ground.clock().now() + std::chrono::minutes(20));
  EXPECT_EQ(error_of(effect(EffectKind::create_comment)).kind, ErrorKind::transient);
  ground.clock().advance(std::chrono::minutes(10));
  EXPECT_THAT(error_of(effect(EffectKind::create_comment)).describe(), HasSubstr("asked for a pause"));
  ground.clock().advance(std::chrono::minutes(11));
  EXPECT_TRUE(perform(effect(EffectKind::create_comment)));
}

TEST_F(GitlabHost, AStatusThatRepeatsItsStateIsNoError) {
  for (const auto* value : {"pending", "success", "success", "pending", "failure"}) made(status(value));
  const auto all = ground.gitlab().statuses(kProject, ground.head());
  ASSERT_THAT(all, SizeIs(2)) << "what is over stays, and what runs again is a new one";
  EXPECT_EQ(all[0].state, "success");
  EXPECT_EQ(all[1].state, "failed");
  EXPECT_EQ(all[1].target_url, "https://greenroom.example/jobs/1");
  made(status("pending", "1 of 3"));
  const int deeds = ground.deeds();
  made(status("pending", "2 of 3"));
  EXPECT_EQ(ground.deeds(), deeds) << "GitLab refuses, and it is what it shall be";
}

TEST_F(GitlabHost, NeutralIsASuccessWithItsWords) {
  made(status("neutral", std::string(300, 'x')));
  const auto all = ground.gitlab().statuses(kProject, ground.head());
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].state, "success");
  EXPECT_LE(all[0].description.size(), 255u);
}

TEST_F(GitlabHost, NamesTheBranchOfAForksCommit) {
  const std::string head(40, 'c');
  open_change(head, {{"src/a.py", "1\n"}}, true);
  made(on_second(status("success"), head));
  EXPECT_EQ(ground.gitlab().statuses(kProject, head).at(0).ref, "second");
}

TEST_F(GitlabHost, TakesAnAwardThatAListDoesNotShowYetForGiven) {
  auto reaction = effect(EffectKind::react);
  reaction.host_ref = ground.person_comments(ground.change(), "/run");
  reaction.name = "+1";
  gitlab::Fault lag;
  lag.what = What::hide_recent;
  lag.method = "GET";
  lag.path = "/projects/*/award_emoji";
  lag.count = 2;
  ground.gitlab().inject(lag);
  made(reaction);
  made(reaction);
  const auto awards = ground.gitlab().note(kProject, std::stoll(reaction.host_ref)).awards;
  ASSERT_THAT(awards, SizeIs(1));
  EXPECT_EQ(awards[0].name, "thumbsup");
}

TEST_F(GitlabHost, EditsWhatAListDoesNotShowYet) {
  auto edit = effect(EffectKind::edit_comment);
  fault(What::hide_recent, "GET", "/projects/*/discussions");
  edit.host_ref = made(effect(EffectKind::create_comment));
  EXPECT_THAT(standing(), IsEmpty());
  edit.body = review::with_marker("Other words", "summary", key);
  made(edit);
  EXPECT_THAT(standing().at(0).body, HasSubstr("Other words"));
}

TEST_F(GitlabHost, RefusesWordsThatGitlabTakesForACommand) {
  auto command = effect(EffectKind::create_comment);
  command.body = "/close";
  EXPECT_EQ(error_of(command).kind, ErrorKind::rejected);
}

TEST_F(GitlabHost, TakesNoListOfLabelsForOne) {
  auto label = effect(EffectKind::add_label);
  for (const char* name : {"bug,security", ""}) {
    label.name = name;
    EXPECT_EQ(error_of(label).kind, ErrorKind::rejected);
  }
  EXPECT_EQ(ground.deeds(), 0);
}

TEST(GitlabWithoutALicence, LeavesTheReviewerWhoStandsThere) {
  GitlabGround ground(false);
  Effect assign;
  assign.kind = EffectKind::assign;
  assign.target = ground.change();
  assign.value = std::to_string(GitlabGround::kBen);
  ASSERT_TRUE(ground.host().perform(assign));
  assign.value = std::to_string(GitlabGround::kMaya);
  const auto second = ground.host().perform(assign);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::rejected);
  const auto item =
      ground.gitlab().item(GitlabGround::kProject, GitlabGround::Kind::merge_request, ground.change_number());
  EXPECT_THAT(item.reviewers, ElementsAre(GitlabGround::kBen));
}

TEST_F(GitlabHost, AsksAReviewerOfAChangeAndAssignsAnIssue) {
  auto assign = effect(EffectKind::assign);
  assign.value = std::to_string(GitlabGround::kBen);
  made(assign);
  assign.target = ground.issue();
  made(assign);
  using Kind = GitlabGround::Kind;
  const auto change = ground.gitlab().item(kProject, Kind::merge_request, ground.change_number());
  EXPECT_THAT(change.reviewers, ElementsAre(GitlabGround::kBen));
  EXPECT_THAT(change.assignees, IsEmpty());
  EXPECT_THAT(ground.gitlab().item(kProject, Kind::issue, ground.issue_number()).assignees,
              ElementsAre(GitlabGround::kBen));
  ground.gitlab().add_user("stranger", 99);
  assign.value = "99";
  EXPECT_EQ(error_of(assign).kind, ErrorKind::rejected) << "left out without a word";
}

}  // namespace
}  // namespace greenroom::testing
