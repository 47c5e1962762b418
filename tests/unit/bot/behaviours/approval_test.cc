#include "lib/bot/behaviours/approval/approval.h"

#include "tests/unit/bot/behaviours/events.h"

namespace greenroom::bot {
namespace {

using hosts::Permission;
using model::EventKind;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using Required = ApprovalRule::Required;

const std::string kHead(40, 'a');

model::Decisions decide(const model::Event& event, const Context& context) {
  return behaviours::approval().decide(event, context);
}

std::string section(const model::Decisions& decisions) {
  const auto* set = find<model::SetSection>(decisions);
  return set == nullptr ? "none" : set->markdown;
}

// Ben, who may write, says "/ok-to-test" of the head that stands.
Context approving(const std::string& arguments = "") {
  auto context = asking("ok-to-test", arguments);
  context.actor_permission = Permission::write;
  context.head_when_said = kHead;
  context.approval_section = true;
  return context;
}
model::Event said() { return comment_event("ben", 3); }

TEST(Approval, OfAStrangersPushIsAskedForInTheLivingComment) {
  for (const auto kind : {EventKind::change_opened, EventKind::change_updated, EventKind::change_readied}) {
    const auto text = section(decide(change_event(kind), newcomer()));
    EXPECT_THAT(text, HasSubstr("The tests wait for a person of the project"));
    EXPECT_THAT(text, HasSubstr("`/ok-to-test aaaaaaaaaaaa`"));
    EXPECT_THAT(text, HasSubstr("write access"));
    EXPECT_THAT(text, Not(HasSubstr("time to join")));
  }
}

TEST(Approval, SaysSoOfEveryCheckWhereEverythingWaits) {
  auto context = newcomer();
  context.approval.required = Required::everything;
  EXPECT_THAT(section(decide(change_event(), context)), HasSubstr("The checks wait for a person"));
}

TEST(Approval, InvitesWhoeverHasThreeMergedChanges) {
  auto context = newcomer();
  context.trust.merged_changes = 2;
  EXPECT_THAT(section(decide(change_event(), context)), Not(HasSubstr("time to join")));
  context.trust.merged_changes = 3;
  EXPECT_THAT(section(decide(change_event(), context)), HasSubstr("3 changes are merged already: time to join"));
}

TEST(Approval, TakesItsWordsBackOnceNothingWaits) {
  auto context = newcomer();
  context.approval_section = true;
  for (const auto kind : {EventKind::change_closed, EventKind::change_merged})
    EXPECT_EQ(section(decide(change_event(kind), context)), "");
  auto draft = change_event(EventKind::change_drafted);
  draft.change->draft = true;
  EXPECT_EQ(section(decide(draft, context)), "");
  context.trust.author = Permission::triage;
  EXPECT_EQ(section(decide(change_event(), context)), "");
  EXPECT_EQ(section(decide(comment_event(),
                           [&] {
                             auto again = context;
                             again.commands = {{"retest", ""}};
                             return again;
                           }())),
            "");
}

TEST(Approval, IsGivenToTheHeadThatStoodThereWhenItWasSaid) {
  for (const std::string named : {"", "aaaaaaa", "aaaaaaaaaaaa", kHead.c_str()}) {
    const auto decisions = decide(said(), approving(named));
    ASSERT_NE(find<model::ApproveHead>(decisions), nullptr) << named;
    EXPECT_EQ(find<model::ApproveHead>(decisions)->head_sha, kHead);
    ASSERT_NE(find<model::RunChecks>(decisions), nullptr);
    EXPECT_EQ(find<model::RunChecks>(decisions)->which, model::RunChecks::Which::waiting);
    EXPECT_NE(find<model::Acknowledge>(decisions), nullptr);
    EXPECT_EQ(section(decisions), "");
  }
}

TEST(Approval, OfAnotherPushStartsNothingAndSaysSo) {
  auto moved = approving();
  moved.head_when_said = std::string(40, 'c');
  auto unknown = approving();
  unknown.head_when_said = "";
  for (const auto& context : {moved, unknown, approving("ccccccc"), approving("aaaaaa"), approving("please")}) {
    const auto decisions = decide(said(), context);
    ASSERT_THAT(decisions, SizeIs(1));
    ASSERT_NE(find<model::Say>(decisions), nullptr);
    EXPECT_THAT(find<model::Say>(decisions)->markdown, HasSubstr("`/ok-to-test aaaaaaaaaaaa`"));
  }
}

TEST(Approval, ByAPersonWithoutTheRightGetsOneFriendlySentenceForEver) {
  std::string key;
  for (const auto permission : {Permission::none, Permission::read, Permission::triage}) {
    auto context = approving();
    context.actor_permission = permission;
    const auto decisions = decide(said(), context);
    ASSERT_THAT(decisions, SizeIs(1));
    ASSERT_NE(find<model::Say>(decisions), nullptr);
    key = find<model::Say>(decisions)->key;
  }
  EXPECT_EQ(key, "ok-to-test/by/3") << "one of each person, not of each comment";
}

TEST(Approval, HasNothingToSayElsewhere) {
  auto edited = said();
  edited.kind = EventKind::comment_edited;
  auto closed = approving();
  closed.change_open = false;
  auto labelled = change_event(EventKind::issue_labeled);
  labelled.label = "ok-to-test";
  auto trusted = newcomer();
  trusted.trust.author = Permission::triage;
  auto draft = change_event();
  draft.change->draft = true;
  auto never = newcomer();
  never.approval.required = Required::never;
  for (const auto& [event, context] : std::vector<std::pair<model::Event, Context>>{
           {edited, approving()},
           {said(), closed},
           {said(), newcomer()},  // no command: in a quote, in code, by the bot
           {said(), asking("help")},
           {labelled, approving()},
           {issue_comment_event(), approving()},
           {change_event(), trusted},
           {change_event(), never},
           {draft, newcomer()},
           {change_event(EventKind::change_closed), newcomer()},
           {change_event(EventKind::timer_due), newcomer()},
           {change_event(EventKind::thread_resolved), newcomer()},
       })
    EXPECT_THAT(decide(event, context), IsEmpty()) << model::name_of(event.kind);
}

}  // namespace
}  // namespace greenroom::bot
