#include "lib/bot/behaviours/review/review.h"

#include "tests/unit/bot/behaviours/events.h"

namespace greenroom::bot {
namespace {

using model::EventKind;
using Which = model::CancelChecks::Which;

model::Decisions decide(const model::Event& event, const Context& context) {
  return behaviours::review().decide(event, context);
}

TEST(Review, RunsChecksOfANewHeadAndCancelsTheOthers) {
  for (const auto kind : {EventKind::change_opened, EventKind::change_updated, EventKind::change_readied}) {
    const auto decisions = decide(change_event(kind), newcomer());
    EXPECT_NE(find<model::RunChecks>(decisions), nullptr);
    const auto* cancel = find<model::CancelChecks>(decisions);
    ASSERT_NE(cancel, nullptr);
    EXPECT_EQ(cancel->which, Which::other_heads);
    EXPECT_EQ(cancel->reason, "superseded by aaaaaaa");
  }
}

TEST(Review, DoesNotRunAHeadTwiceByItself) {
  auto context = newcomer();
  context.job_for_head = true;
  EXPECT_EQ(find<model::RunChecks>(decide(change_event(), context)), nullptr);
}

TEST(Review, LeavesDraftsAlone) {
  auto event = change_event();
  event.change->draft = true;
  EXPECT_EQ(find<model::RunChecks>(decide(event, newcomer())), nullptr);
}

TEST(Review, CancelsEverythingOnceTheChangeIsDone) {
  for (const auto kind : {EventKind::change_closed, EventKind::change_merged, EventKind::change_drafted}) {
    const auto decisions = decide(change_event(kind), newcomer());
    ASSERT_NE(find<model::CancelChecks>(decisions), nullptr);
    EXPECT_EQ(find<model::CancelChecks>(decisions)->which, Which::all);
    EXPECT_EQ(find<model::RunChecks>(decisions), nullptr);
  }
}

TEST(Review, RunsAgainWhenTheAuthorAsks) {
  for (const auto* verb : {"run", "retest"}) {
    auto context = asking(verb);
    context.job_for_head = true;
    const auto decisions = decide(comment_event(), context);
    ASSERT_NE(find<model::RunChecks>(decisions), nullptr);
    EXPECT_EQ(find<model::RunChecks>(decisions)->reason, "asked for by maya");
    EXPECT_NE(find<model::Acknowledge>(decisions), nullptr);
  }
}

TEST(Review, RunsAgainForTriagersAndRefusesOthersKindly) {
  auto context = asking("run");
  const auto refused = decide(comment_event("zoe", 9), context);
  EXPECT_EQ(find<model::RunChecks>(refused), nullptr);
  EXPECT_NE(find<model::Say>(refused), nullptr);
  context.actor_permission = hosts::Permission::triage;
  EXPECT_NE(find<model::RunChecks>(decide(comment_event("zoe", 9), context)), nullptr);
}

TEST(Review, DoesNotRunOnAClosedChange) {
  auto context = asking("run");
  context.change_open = false;
  EXPECT_EQ(find<model::RunChecks>(decide(comment_event(), context)), nullptr);
}

TEST(Review, HasNothingToSayElsewhere) {
  EXPECT_TRUE(decide(comment_event(), newcomer()).empty());
  EXPECT_TRUE(decide(comment_event(), asking("buddy")).empty());
  EXPECT_TRUE(decide(issue_comment_event(), asking("run")).empty());
  EXPECT_TRUE(decide(change_event(EventKind::timer_due), newcomer()).empty());
}

}  // namespace
}  // namespace greenroom::bot
