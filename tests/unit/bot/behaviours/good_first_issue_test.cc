#include "lib/bot/behaviours/good_first_issue/good_first_issue.h"

#include "tests/unit/bot/behaviours/events.h"

namespace greenroom::bot {
namespace {

using ::testing::HasSubstr;

model::Decisions decide(const model::Event& event, Context context, hosts::Permission permission) {
  context.actor_permission = permission;
  return behaviours::good_first_issue().decide(event, context);
}

TEST(GoodFirstIssue, LabelsTheIssueAndPostsTheCriteria) {
  const auto decisions = decide(issue_comment_event(), asking("good-first-issue"), hosts::Permission::triage);
  ASSERT_NE(find<model::AddLabel>(decisions), nullptr);
  EXPECT_EQ(find<model::AddLabel>(decisions)->label, "good first issue");
  EXPECT_THAT(find<model::Say>(decisions)->markdown, HasSubstr("A way to check"));
  EXPECT_EQ(find<model::Say>(decisions)->key, "good-first-issue/criteria");
}

TEST(GoodFirstIssue, TakesItAllBack) {
  const auto decisions = decide(issue_comment_event(), asking("remove-good-first-issue"), hosts::Permission::write);
  EXPECT_NE(find<model::RemoveLabel>(decisions), nullptr);
  EXPECT_EQ(find<model::Unsay>(decisions)->key, "good-first-issue/criteria");
}

TEST(GoodFirstIssue, RefusesKindlyWithoutTheRight) {
  for (const auto permission : {hosts::Permission::none, hosts::Permission::read}) {
    const auto decisions = decide(issue_comment_event(), asking("good-first-issue"), permission);
    EXPECT_EQ(find<model::AddLabel>(decisions), nullptr);
    ASSERT_NE(find<model::Say>(decisions), nullptr);
    EXPECT_THAT(find<model::Say>(decisions)->markdown, HasSubstr("Thank you"));
  }
}

TEST(GoodFirstIssue, SaysSoOnAChange) {
  const auto decisions = decide(comment_event(), asking("good-first-issue"), hosts::Permission::admin);
  EXPECT_EQ(find<model::AddLabel>(decisions), nullptr);
  EXPECT_NE(find<model::Say>(decisions), nullptr);
}

TEST(GoodFirstIssue, IsSilentOtherwise) {
  EXPECT_TRUE(decide(issue_comment_event(), newcomer(), hosts::Permission::admin).empty());
  EXPECT_TRUE(decide(change_event(), newcomer(), hosts::Permission::admin).empty());
}

}  // namespace
}  // namespace greenroom::bot
