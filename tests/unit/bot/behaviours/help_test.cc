#include "lib/bot/behaviours/help/help.h"

#include <set>

#include "tests/unit/bot/behaviours/events.h"

namespace greenroom::bot {
namespace {

using ::testing::HasSubstr;

model::Decisions decide(const Context& context) { return behaviours::help().decide(comment_event(), context); }

TEST(Help, ListsEveryCommandOfEveryBehaviour) {
  const auto decisions = decide(asking("help"));
  ASSERT_NE(find<model::Say>(decisions), nullptr);
  for (const auto& behaviour : all_behaviours()) {
    for (const auto& command : behaviour.commands) {
      EXPECT_THAT(find<model::Say>(decisions)->markdown, HasSubstr(std::string(command.grammar)));
    }
  }
}

TEST(Help, SuggestsTheCommandThatWasMeant) {
  const auto decisions = decide(asking("good-frist-issue"));
  ASSERT_NE(find<model::Say>(decisions), nullptr);
  EXPECT_THAT(find<model::Say>(decisions)->markdown, HasSubstr("`/good-first-issue`"));
}

TEST(Help, IsSilentOnKnownAndOnUnrelatedWords) {
  EXPECT_TRUE(decide(asking("run")).empty());
  EXPECT_TRUE(decide(asking("shrug")).empty());
  EXPECT_TRUE(decide(newcomer()).empty());
}

TEST(Behaviours, HaveNamesAndPurposesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const auto& behaviour : all_behaviours()) {
    EXPECT_TRUE(names.insert(behaviour.name).second) << behaviour.name;
    EXPECT_FALSE(behaviour.purpose.empty());
    for (const auto& command : behaviour.commands) {
      EXPECT_TRUE(command.grammar.starts_with("/" + std::string(command.verb)));
      EXPECT_FALSE(command.who.empty() || command.help.empty());
    }
  }
}

TEST(Behaviours, DecideTogetherInTheOrderOfTheList) {
  const auto decided = decide_all(change_event(), newcomer());
  ASSERT_EQ(decided.size(), 3u);
  EXPECT_EQ(decided[0].behaviour, "review");
  EXPECT_EQ(decided[1].behaviour, "approval");
  EXPECT_EQ(decided[2].behaviour, "welcome");
}

}  // namespace
}  // namespace greenroom::bot
