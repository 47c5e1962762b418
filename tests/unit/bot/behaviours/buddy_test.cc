#include "lib/bot/behaviours/buddy/buddy.h"

#include "tests/unit/bot/behaviours/events.h"

namespace greenroom::bot {
namespace {

using model::EventKind;
using ::testing::HasSubstr;

model::Decisions decide(const model::Event& event, const Context& context) {
  return behaviours::buddy().decide(event, context);
}

Context with_roster(std::vector<model::Buddy> roster, Context context = newcomer()) {
  context.roster = std::move(roster);
  return context;
}

std::int64_t chosen(const model::Decisions& decisions) {
  const auto* assigned = find<model::AssignBuddy>(decisions);
  return assigned == nullptr ? 0 : assigned->buddy.value;
}

TEST(Buddy, IsTheLeastLoaded) {
  EXPECT_EQ(chosen(decide(change_event(), with_roster({buddy(31, "ben", 1), buddy(32, "ana", 0)}))), 32);
}

TEST(Buddy, IsOfEqualsWhoWasPickedLongestAgo) {
  auto recent = buddy(31, "ben");
  recent.last_picked = kNow;
  auto earlier = buddy(32, "ana");
  earlier.last_picked = kNow - std::chrono::hours(48);
  EXPECT_EQ(chosen(decide(change_event(), with_roster({recent, earlier}))), 32);
  EXPECT_EQ(chosen(decide(change_event(), with_roster({recent, earlier, buddy(33, "li")}))), 33);
}

TEST(Buddy, IsNeverFullAwayOrTheAuthor) {
  auto away = buddy(32, "ana");
  away.away_until = kNow + std::chrono::hours(1);
  const auto decisions = decide(change_event(), with_roster({buddy(31, "ben", 2), away, buddy(20, "maya")}));
  EXPECT_EQ(chosen(decisions), 0);
  ASSERT_NE(find<model::SetSection>(decisions), nullptr);
  EXPECT_THAT(find<model::SetSection>(decisions)->markdown, HasSubstr("No buddy is free"));
  EXPECT_NE(find<model::SetTimer>(decisions), nullptr);
}

TEST(Buddy, IsBackOnceTheDayHasCome) {
  auto back = buddy(32, "ana");
  back.away_until = kNow;
  EXPECT_EQ(chosen(decide(change_event(), with_roster({back}))), 32);
}

TEST(Buddy, IsExplained) {
  auto ben = buddy(31, "ben", 1);
  ben.person.display_name = "Ben Ortiz";
  ben.knows = {"src/publish"};
  const auto decisions = decide(change_event(), with_roster({ben}));
  EXPECT_THAT(find<model::AssignBuddy>(decisions)->why, HasSubstr("1 of 2 newcomers"));
  EXPECT_THAT(find<model::SetSection>(decisions)->markdown, HasSubstr("src/publish"));
  EXPECT_THAT(find<model::SetSection>(decisions)->markdown, HasSubstr("Why Ben Ortiz?"));
}

TEST(Buddy, HasANameThatIsNoHtmlInTheFold) {
  auto ben = buddy(31, "ben");
  ben.person.display_name = "Ben <img src=x> @maya & *co* GH-1";
  const auto section = find<model::SetSection>(decide(change_event(), with_roster({ben})))->markdown;
  EXPECT_THAT(
      section,
      HasSubstr("Why Ben &lt;img src=x&gt; @\xE2\x80\x8Bmaya &amp;\xE2\x80\x8B *co* GH\xE2\x80\x8B-1?</summary>"));
}

TEST(Buddy, IsForNewcomersOnly) {
  const auto roster = with_roster({buddy(31, "ben")});
  auto known = roster;
  known.first_change = false;
  EXPECT_TRUE(decide(change_event(), known).empty());
  auto trusted = change_event();
  trusted.change->trusted_author = true;
  EXPECT_TRUE(decide(trusted, roster).empty());
  auto bot = change_event();
  bot.change->author.kind = model::Account::Kind::bot;
  EXPECT_TRUE(decide(bot, roster).empty());
  EXPECT_TRUE(decide(change_event(), newcomer()).empty());  // no roster: nothing is promised
  auto has_one = roster;
  has_one.current_buddy = model::PersonId{31};
  EXPECT_TRUE(decide(change_event(EventKind::change_updated), has_one).empty());
}

TEST(Buddy, EndsWithTheChange) {
  for (const auto kind : {EventKind::change_closed, EventKind::change_merged}) {
    const auto decisions = decide(change_event(kind), newcomer());
    EXPECT_NE(find<model::ReleaseBuddy>(decisions), nullptr);
    EXPECT_NE(find<model::ClearTimer>(decisions), nullptr);
  }
}

model::Event timer() {
  auto event = change_event(EventKind::timer_due);
  event.timer = "buddy";
  return event;
}

TEST(Buddy, IsRelievedWhileAway) {
  auto away = buddy(31, "ben", 1);
  away.away_until = kNow + std::chrono::hours(72);
  auto context = with_roster({away, buddy(32, "ana")});
  context.current_buddy = model::PersonId{31};
  EXPECT_EQ(chosen(decide(timer(), context)), 32);
}

TEST(Buddy, IsRelievedWhenNoLongerOnTheRoster) {
  auto context = with_roster({buddy(32, "ana")});
  context.current_buddy = model::PersonId{31};
  EXPECT_EQ(chosen(decide(timer(), context)), 32);
}

TEST(Buddy, StaysWhileHereAndIsLookedAtAgain) {
  auto context = with_roster({buddy(31, "ben", 1), buddy(32, "ana")});
  context.current_buddy = model::PersonId{31};
  const auto decisions = decide(timer(), context);
  EXPECT_EQ(chosen(decisions), 0);
  EXPECT_NE(find<model::SetTimer>(decisions), nullptr);
  auto other = timer();
  other.timer = "somebody else's";
  EXPECT_TRUE(decide(other, context).empty());
}

TEST(Buddy, IsLookedForAgainWhenNobodyWasFree) {
  EXPECT_EQ(chosen(decide(timer(), with_roster({buddy(32, "ana")}))), 32);
}

TEST(Buddy, HandsOnWhenDecliningOrSwapping) {
  for (const auto* words : {"decline", "swap"}) {
    auto context = with_roster({buddy(31, "ben", 1), buddy(32, "ana", 1), buddy(33, "li")}, asking("buddy", words));
    context.current_buddy = model::PersonId{31};
    context.earlier_buddies = {model::PersonId{33}};
    EXPECT_EQ(chosen(decide(comment_event(), context)), 32) << words;
  }
}

TEST(Buddy, SaysSoWhenNobodyIsLeftToHandOnTo) {
  auto context = with_roster({buddy(31, "ben", 1)}, asking("buddy", "decline"));
  context.current_buddy = model::PersonId{31};
  context.actor = context.roster[0].person;
  const auto decisions = decide(comment_event("ben", 31), context);
  EXPECT_NE(find<model::ReleaseBuddy>(decisions), nullptr);
  EXPECT_THAT(find<model::SetSection>(decisions)->markdown, HasSubstr("No buddy is free"));
}

TEST(Buddy, MayBeAskedForByNameWithAWarning) {
  auto away = buddy(31, "ben");
  away.away_until = kNow + std::chrono::hours(72);
  const auto decisions = decide(comment_event(), with_roster({away}, asking("buddy", "@Ben")));
  EXPECT_EQ(chosen(decisions), 31);
  EXPECT_THAT(find<model::AssignBuddy>(decisions)->why, HasSubstr("Away"));
  const auto nobody = decide(comment_event(), with_roster({away}, asking("buddy", "@zoe")));
  EXPECT_EQ(chosen(nobody), 0);
  EXPECT_NE(find<model::Say>(nobody), nullptr);
}

TEST(Buddy, IsAskedForByTheAuthorTheBuddyAndTriagersOnly) {
  auto context = with_roster({buddy(31, "ben")}, asking("buddy"));
  context.actor = model::Person{model::PersonId{40}, "local", 40, "zoe", ""};
  EXPECT_EQ(chosen(decide(comment_event("zoe", 40), context)), 0);
  context.actor_permission = hosts::Permission::triage;
  EXPECT_EQ(chosen(decide(comment_event("zoe", 40), context)), 31);
  EXPECT_EQ(chosen(decide(comment_event(), with_roster({buddy(31, "ben")}, asking("buddy")))), 31);
}

TEST(Buddy, GoesAwayUntilADayAndHandsOn) {
  auto context = with_roster({buddy(31, "ben", 1), buddy(32, "ana")}, asking("buddy", "away until 2026-04-01"));
  context.actor = context.roster[0].person;
  context.current_buddy = model::PersonId{31};
  const auto decisions = decide(comment_event("ben", 31), context);
  ASSERT_NE(find<model::SetAway>(decisions), nullptr);
  EXPECT_TRUE(find<model::SetAway>(decisions)->until.has_value());
  EXPECT_EQ(chosen(decisions), 32);
}

TEST(Buddy, ComesBackEarly) {
  auto context = with_roster({buddy(31, "ben")}, asking("buddy", "back"));
  context.actor = context.roster[0].person;
  const auto decisions = decide(comment_event("ben", 31), context);
  ASSERT_NE(find<model::SetAway>(decisions), nullptr);
  EXPECT_FALSE(find<model::SetAway>(decisions)->until.has_value());
}

TEST(Buddy, AsksForARealDayToCome) {
  for (const auto* words :
       {"away", "away until", "away until soon", "away until 2020-01-01", "away until 2026-13-40"}) {
    auto context = with_roster({buddy(31, "ben")}, asking("buddy", words));
    context.actor = context.roster[0].person;
    const auto decisions = decide(comment_event("ben", 31), context);
    EXPECT_EQ(find<model::SetAway>(decisions), nullptr) << words;
    EXPECT_NE(find<model::Say>(decisions), nullptr) << words;
  }
}

TEST(Buddy, LetsOnlyTheRosterBeAway) {
  auto context = with_roster({buddy(31, "ben")}, asking("buddy", "away until 2026-04-01"));
  EXPECT_EQ(find<model::SetAway>(decide(comment_event(), context)), nullptr);
}

TEST(Buddy, ExplainsItselfOnIssuesClosedChangesAndUnknownWords) {
  const auto roster = with_roster({buddy(31, "ben")}, asking("buddy"));
  EXPECT_NE(find<model::Say>(decide(issue_comment_event(), roster)), nullptr);
  auto closed = roster;
  closed.change_open = false;
  EXPECT_EQ(chosen(decide(comment_event(), closed)), 0);
  EXPECT_NE(find<model::Say>(decide(comment_event(), with_roster({}, asking("buddy", "please")))), nullptr);
}

}  // namespace
}  // namespace greenroom::bot
