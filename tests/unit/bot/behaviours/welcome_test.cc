#include "lib/bot/behaviours/welcome/welcome.h"

#include "tests/unit/bot/behaviours/events.h"

namespace greenroom::bot {
namespace {

using model::EventKind;
using ::testing::HasSubstr;
using ::testing::Not;

model::Decisions decide(const model::Event& event, const Context& context) {
  return behaviours::welcome().decide(event, context);
}

TEST(Welcome, GreetsAFirstChangeAndRemembersIt) {
  const auto decisions = decide(change_event(), newcomer());
  ASSERT_NE(find<model::SetSection>(decisions), nullptr);
  EXPECT_EQ(find<model::SetSection>(decisions)->section, "welcome");
  EXPECT_THAT(find<model::SetSection>(decisions)->markdown, HasSubstr("Welcome, Maya"));
  EXPECT_NE(find<model::RecordGreeting>(decisions), nullptr);
}

TEST(Welcome, MakesUpForALostOpening) {
  EXPECT_FALSE(decide(change_event(EventKind::change_updated), newcomer()).empty());
  EXPECT_FALSE(decide(change_event(EventKind::change_readied), newcomer()).empty());
}

TEST(Welcome, IsSilentForEverybodyElse) {
  auto greeted = newcomer();
  greeted.greeted = true;
  EXPECT_TRUE(decide(change_event(), greeted).empty());
  auto known = newcomer();
  known.first_change = false;
  EXPECT_TRUE(decide(change_event(), known).empty());
  auto trusted = change_event();
  trusted.change->trusted_author = true;
  EXPECT_TRUE(decide(trusted, newcomer()).empty());
  auto bot = change_event();
  bot.change->author.kind = model::Account::Kind::bot;
  EXPECT_TRUE(decide(bot, newcomer()).empty());
  EXPECT_TRUE(decide(change_event(EventKind::change_closed), newcomer()).empty());
  EXPECT_TRUE(decide(comment_event(), newcomer()).empty());
}

TEST(Welcome, NeverRepeatsAHostileNameAsMarkup) {
  auto event = change_event();
  event.change->author.display_name = "<img src=x> @everyone [click](http://x)";
  const auto decisions = decide(event, newcomer());
  const auto* section = find<model::SetSection>(decisions);
  ASSERT_NE(section, nullptr);
  EXPECT_THAT(section->markdown, Not(HasSubstr(", <img")));
  EXPECT_THAT(section->markdown, Not(HasSubstr("[click](http")));
}

TEST(Welcome, ShowsTheLoginOfThoseWithoutAName) {
  auto event = change_event();
  event.change->author.display_name = "";
  const auto decisions = decide(event, newcomer());
  EXPECT_THAT(find<model::SetSection>(decisions)->markdown, HasSubstr("maya"));
}

}  // namespace
}  // namespace greenroom::bot
