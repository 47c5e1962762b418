#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <filesystem>

#include "tests/faults/bot_ground.h"
#include "tests/support/wait.h"

namespace greenroom::testing {
namespace {

using model::EventKind;

const std::string kFirst(40, 'a');
const std::string kSecond(40, 'c');

class BotKilled : public ::testing::TestWithParam<const char*> {
 protected:
  // A bot that dies at the point, then one that lives; both over the same work.
  void die_and_recover() {
    const auto dying = ground_.start(GetParam());
    EXPECT_TRUE(BotGround::was_killed(*dying)) << "the point was never reached";
    EXPECT_TRUE(ground_.end_leases_of_the_dead());
    const auto living = ground_.start();
    EXPECT_TRUE(ground_.settles());
  }
  BotGround ground_;
};

TEST_P(BotKilled, LosesNothingAndDoesNothingTwice) {
  ground_.push(kFirst, EventKind::change_opened);
  die_and_recover();
  ground_.comment_on_issue("/good-first-issue");
  ground_.finish_jobs("f1");
  die_and_recover();
  ground_.push(kSecond, EventKind::change_updated);
  die_and_recover();
  ground_.assert_nothing_lost_and_nothing_twice();
  EXPECT_EQ(ground_.count("local_host.comment WHERE author_id = 1 AND number = 1 AND thread_id IS NULL"), 1);
  EXPECT_EQ(ground_.count("local_host.comment WHERE author_id = 1 AND number = 2"), 1);
  EXPECT_EQ(ground_.count("local_host.thread"), 1);
  EXPECT_EQ(ground_.count("local_host.item_label"), 2);
  EXPECT_EQ(ground_.count("greeting"), 1);
}

INSTANTIATE_TEST_SUITE_P(AtEveryPoint, BotKilled,
                         ::testing::Values("after_delivery_claim", "before_delivery_commit", "after_delivery_commit",
                                           "after_effect_claim", "after_host_post_before_record",
                                           "before_effect_commit", "after_effect_commit"));

TEST(Bots, SeveralAtATimeDoNothingTwice) {
  BotGround ground;
  const auto one = ground.start();
  const auto two = ground.start();
  const auto three = ground.start();
  for (const char digit : {'1', '2', '3', '4', '5', '6', '7', '8'}) {
    ground.push(std::string(40, digit), digit == '1' ? EventKind::change_opened : EventKind::change_updated);
    ground.comment_on_issue("/good-first-issue");
  }
  ASSERT_TRUE(ground.settles());
  ground.finish_jobs("f1");
  ASSERT_TRUE(ground.settles());
  ground.assert_nothing_lost_and_nothing_twice();
  EXPECT_EQ(ground.count("local_host.comment WHERE author_id = 1 AND number = 1 AND thread_id IS NULL"), 1);
  EXPECT_EQ(ground.count("job WHERE state <> 'cancelled'"), 1);
}

TEST(Bot, ComesBackWhenItsConnectionsAreCut) {
  BotGround ground;
  const auto bot = ground.start();
  ground.push(kFirst, EventKind::change_opened);
  ASSERT_TRUE(ground.settles());
  ground.database().kill_connections();
  ground.push(kSecond, EventKind::change_updated);
  ASSERT_TRUE(ground.settles());
  EXPECT_TRUE(bot->running());
  EXPECT_EQ(ground.count("job WHERE head_sha = repeat('c', 40)"), 1);
}

TEST(Bot, GoesOnAfterADeliveryThatCannotBeRead) {
  BotGround ground;
  ground.deliver_garbage();
  ground.push(kFirst, EventKind::change_opened);
  const auto bot = ground.start();
  ASSERT_TRUE(ground.settles());
  EXPECT_EQ(ground.answer("SELECT state AS answer FROM delivery WHERE host_delivery = 'garbage'"), "failed");
  EXPECT_EQ(ground.count("job"), 1);
}

TEST(Bot, FindsAMissedWebhookByPolling) {
  BotGround ground;
  const auto bot = ground.start();
  ground.push(kFirst, EventKind::change_opened);
  ASSERT_TRUE(ground.settles());
  ground.database().script("UPDATE local_host.item SET head_sha = repeat('c', 40) WHERE number = 1");
  EXPECT_TRUE(wait_until([&] { return ground.count("job WHERE head_sha = repeat('c', 40)") == 1; }));
}

TEST(Bot, DoesACommandOfALostWebhookOnceThoughItDiesWhilePolling) {
  BotGround ground;
  ground.comment_on_issue_unheard("/good-first-issue");
  const auto dying = ground.start("after_poll_store");
  ASSERT_TRUE(BotGround::was_killed(*dying)) << "the point was never reached";
  EXPECT_EQ(ground.answer("SELECT coalesce(max(cursor), '') AS answer FROM poll_cursor"), "")
      << "it is to be read again";
  ground.end_leases_of_the_dead();
  const auto one = ground.start();
  const auto two = ground.start();
  ASSERT_TRUE(wait_until([&] { return ground.count("poll_cursor WHERE cursor <> '0'") == 1; }));
  ASSERT_TRUE(ground.settles());
  ground.assert_nothing_lost_and_nothing_twice();
  EXPECT_EQ(ground.count("delivery"), 1);
  EXPECT_EQ(ground.count("local_host.item_label"), 2);
  EXPECT_EQ(ground.count("local_host.comment WHERE author_id = 1"), 1);
}

TEST(Bot, EndsCleanlyOnTerm) {
  BotGround ground;
  const auto bot = ground.start();
  ground.push(kFirst, EventKind::change_opened);
  bot->signal(SIGTERM);
  const auto status = bot->wait(std::chrono::seconds(20));
  ASSERT_TRUE(status.has_value());
  EXPECT_TRUE(WIFEXITED(*status) && WEXITSTATUS(*status) == 0);
  EXPECT_FALSE(std::filesystem::exists(ground.directory() + "/run/bot.ready"));
  EXPECT_EQ(ground.count("effect WHERE state = 'sending'"), 0);
}

TEST(Bot, RefusesToStartWithoutItsMarkerKey) {
  BotGround ground;
  const auto bot = ground.start("", "keyless.yml");
  const auto status = bot->wait(std::chrono::seconds(20));
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(WEXITSTATUS(*status), 2);
}

TEST(Bot, TellsHowItFares) {
  BotGround ground;
  ground.deliver_garbage();
  const auto bot = ground.start("", "listening.yml");
  ASSERT_TRUE(wait_until([&] { return std::filesystem::exists(ground.directory() + "/run/bot.ready"); }));
  EXPECT_EQ(ground.ask("/readyz").status, 200);
  const auto tells = [&](const std::string& figure) {
    return wait_until([&] { return ground.ask("/metrics").body.find(figure) != std::string::npos; });
  };
  for (const char* figure : {"greenroom_bot_dead_letters{kind=\"delivery\"} 1", "greenroom_bot_deliveries_waiting 0",
                             "greenroom_bot_effects_waiting 0", "greenroom_bot_effects_failed 0",
                             "greenroom_bot_dead_letters{kind=\"job\"} 0", "greenroom_bot_poll_found_total 0"})
    EXPECT_TRUE(tells(figure)) << figure << "\n" << ground.ask("/metrics").body;
}

TEST(Bot, WaitsForItsDatabaseAndCanBeStoppedMeanwhile) {
  BotGround ground;
  const auto bot = ground.start("", "nowhere.yml");
  ASSERT_TRUE(wait_until([&] { return ground.log_of(*bot).find("database.away") != std::string::npos; }));
  EXPECT_FALSE(std::filesystem::exists(ground.directory() + "/run/bot.ready"));
  EXPECT_EQ(ground.ask("/livez").status, 200);
  EXPECT_EQ(ground.ask("/readyz").status, 503);
  bot->signal(SIGTERM);
  const auto status = bot->wait(std::chrono::seconds(20));
  ASSERT_TRUE(status.has_value());
  EXPECT_TRUE(WIFEXITED(*status) && WEXITSTATUS(*status) == 0);
}

}  // namespace
}  // namespace greenroom::testing
