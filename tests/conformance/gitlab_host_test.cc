// GitLab's adapter under the contract of every host, and where GitLab differs from the others.

#include <gmock/gmock.h>

#include "lib/review/review.h"
#include "tests/conformance/gitlab_ground.h"

namespace greenroom::testing {
namespace {

using gitlab::Level;
using hosts::Permission;
using model::Effect;
using model::EffectKind;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using What = gitlab::Fault::What;

INSTANTIATE_TEST_SUITE_P(Gitlab, HostContract, ::testing::Values([]() -> std::unique_ptr<HostGround> {
                           return std::make_unique<GitlabGround>();
                         }));

class GitlabHost : public ::testing::Test {
 protected:
  static constexpr auto kProject = GitlabGround::kProject;

  Effect effect(EffectKind kind, const std::string& slot = "summary") {
    Effect one;
    one.target = ground.change();
    one.kind = kind;
    one.slot = slot;
    one.head_sha = ground.head();
    one.body = review::with_marker("Words", slot, key);
    return one;
  }
  Effect status(const std::string& value, const std::string& words = "2 findings") {
    auto one = effect(EffectKind::set_status, "status/greenroom/flake8");
    one.name = "greenroom/flake8";
    one.value = value;
    one.description = words;
    one.details_path = "/jobs/1";
    return one;
  }
  Effect thread(int line, int start_line = 0, const std::string& path = "src/a.py") {
    auto one = effect(EffectKind::create_thread, "thread/f1");
    one.path = path;
    one.line = line;
    one.start_line = start_line;
    return one;
  }
  Result<std::string> perform(const Effect& one) { return ground.host().perform(one); }
  std::string made(const Effect& one) {
    const auto reference = perform(one);
    EXPECT_TRUE(reference) << reference.error().describe();
    return reference.value_or("");
  }
  Error error_of(const Effect& one) {
    const auto done = perform(one);
    return done ? Error{ErrorKind::bug, "it was done", {}} : done.error();
  }
  void fault(What what, const std::string& method, const std::string& path) {
    gitlab::Fault one;
    one.what = what;
    one.method = method;
    one.path = path;
    ground.gitlab().inject(one);
  }
  gitlab::Position position_of(const std::string& thread) {
    return ground.gitlab().first_note(kProject, thread).position.value();
  }
  std::vector<hosts::Standing> standing() { return ground.host().standing(ground.change(), key).value(); }
  hosts::Host::Deeds deeds_since(const std::string& cursor) {
    return ground.host().deeds_since(kProject, cursor).value();
  }
  // Another change of main, whose files are these.
  void open_change(const std::string& head, const gitlab::Files& files, bool from_fork = false,
                   const std::map<std::string, std::string>& old_paths = {}) {
    ground.gitlab().add_commit(kProject, head, std::string(40, 'b'), files);
    FakeGitlab::NewChange change;
    change.head_sha = head;
    change.source_branch = "second";
    change.from_fork = from_fork;
    change.old_paths = old_paths;
    second = ground.gitlab().person_opens_change(kProject, "maya", change);
  }
  Effect on_second(Effect one, const std::string& head) {
    one.target.number = second;
    one.head_sha = head;
    return one;
  }

  GitlabGround ground;
  const Secret key{"the key"};
  std::int64_t second = 0;
};

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

TEST_F(GitlabHost, KnowsWhatEachLevelMay) {
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

TEST_F(GitlabHost, LendsRunnersItsSecondTokenOnly) {
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

TEST_F(GitlabHost, PutsNoNameOfAProjectIntoAUrlUnchecked) {
  for (const char* path : {"studio/../x", "studio/a b", "studio/a@evil.example", "studio"}) {
    ground.gitlab().add_project(path, kProject);
    EXPECT_EQ(ground.host().read_access(kProject).error().kind, ErrorKind::transient) << path;
  }
}

TEST_F(GitlabHost, WaitsForAChangeThatIsBeingPrepared) {
  ground.gitlab().set_preparing(kProject, ground.change_number());
  EXPECT_THAT(ground.host().open_heads(kProject).value(), IsEmpty());
  const auto described = ground.host().describe(kProject, ground.change_number());
  ASSERT_FALSE(described);
  EXPECT_EQ(described.error().kind, ErrorKind::transient);
}

TEST_F(GitlabHost, DescribesWhatNoWebhookSays) {
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

TEST_F(GitlabHost, ACommentKeepsItsReferenceWhenSomebodyAnswersIt) {
  const auto reference = made(effect(EffectKind::create_comment));
  ground.person_replies(ground.gitlab().note(kProject, std::stoll(reference)).discussion, "Thanks");
  ASSERT_THAT(standing(), SizeIs(1));
  EXPECT_EQ(standing()[0].host_ref, reference);
}

TEST_F(GitlabHost, TakesGitlabsOwnNotesForNoAnswer) {
  const auto reference = made(thread(3));
  ground.gitlab().system_notes(kProject, reference, "maya", "changed this line in version 2 of the diff");
  EXPECT_FALSE(standing().at(0).answered);
  ground.person_replies(reference, "Why?");
  EXPECT_TRUE(standing().at(0).answered);
}

// Settling moves no time: what was settled is told with whatever moves the change next, and means the same each time.
TEST_F(GitlabHost, TellsWhatWasSettledWhenTheChangeMoves) {
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

TEST_F(GitlabHost, TellsNothingOfItsOwnAndNothingConfidential) {
  const auto start = deeds_since("").cursor;
  made(effect(EffectKind::create_comment));
  const auto secret = ground.gitlab().person_opens_issue(kProject, "maya", "A hole", true);
  ground.gitlab().person_comments(kProject, GitlabGround::Kind::issue, secret, "ben", "/help");
  EXPECT_THAT(deeds_since(start).told, IsEmpty());
}

TEST_F(GitlabHost, TellsLabelsAndStatesAsTheirWebhooksDo) {
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

TEST_F(GitlabHost, ShowsItsTokenInNoAddress) {
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
