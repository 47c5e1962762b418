// The bot killed where it touches GitHub, thirty times at each point with another effect: each stands there once.

#include <gtest/gtest.h>

#include <array>

#include "tests/faults/github_bots.h"

namespace greenroom::testing {
namespace {

#ifdef __SANITIZE_THREAD__
constexpr int kTimes = 5;  // it looks for something else, and takes thrice as long
#else
constexpr int kTimes = 30;
#endif

TEST(GithubBot, KilledAfterThePostAndBeforeItsAnswerDoesNothingTwice) {
  GithubBots ground;
  ground.start();
  for (int time = 0; time < kTimes && !::testing::Test::HasFailure(); ++time) {
    const auto effect = ground.next_effect();
    ground.hold_answer_to(effect);
    ground.want({effect});
    ASSERT_TRUE(ground.holds()) << model::name_of(effect.kind);
    ground.kill();
    ground.start();
    ASSERT_TRUE(ground.settles());
    ground.expect_each_once();
  }
}

TEST(GithubBot, KilledAmidSeveralEffectsDoesNothingTwice) {
  GithubBots ground;
  ground.start();
  for (int time = 0; time < kTimes && !::testing::Test::HasFailure(); ++time) {
    const std::vector<model::Effect> several{ground.next_effect(), ground.next_effect(), ground.next_effect(),
                                             ground.next_effect(), ground.next_effect()};
    ground.hold_answer_to(several[static_cast<std::size_t>(time) % several.size()]);
    ground.want(several);
    ASSERT_TRUE(ground.holds());
    ground.kill();
    ground.start();
    ASSERT_TRUE(ground.settles());
    ground.expect_each_once();
  }
}

TEST(GithubBot, KilledWhileItReadsAListDoesNothingTwice) {
  GithubBots ground;
  ground.start();
  constexpr std::array kSearched{model::EffectKind::create_comment, model::EffectKind::create_thread,
                                 model::EffectKind::reply_thread};
  for (int time = 0; time < kTimes && !::testing::Test::HasFailure(); ++time) {
    const auto effect = ground.next_effect(kSearched[static_cast<std::size_t>(time) % kSearched.size()]);
    ground.hold_answer_to(effect);
    ground.want({effect});
    ASSERT_TRUE(ground.holds());
    ground.kill();
    ground.hold_next_read("/repos/*/issues/*/comments");  // the search for what the first one made
    ground.start();
    ASSERT_TRUE(ground.holds());
    ground.kill();
    ground.start();
    ASSERT_TRUE(ground.settles());
    ground.expect_each_once();
  }
}

TEST(GithubBot, KilledWhileItReadsWhatItMissedAnswersEachOnce) {
  GithubBots ground;
  constexpr std::array kReads{"/app/hook/deliveries", "/app/hook/deliveries/*", "/installation/repositories"};
  for (int time = 0; time < kTimes && !::testing::Test::HasFailure(); ++time) {
    ground.ask_unheard();
    ground.hold_next_read(kReads[static_cast<std::size_t>(time) % kReads.size()]);
    ground.start();
    ASSERT_TRUE(ground.holds());
    ground.kill();
    ground.start();
    ASSERT_TRUE(ground.answers_stand()) << "it was never found";
    ASSERT_TRUE(ground.settles());
    ground.expect_each_once();
    ground.kill();
  }
}

class GithubBotDies : public ::testing::TestWithParam<const char*> {};

TEST_P(GithubBotDies, AndDoesNothingTwice) {
  GithubBots ground;
  for (int time = 0; time < kTimes && !::testing::Test::HasFailure(); ++time) {
    ground.want({ground.next_effect()});
    ground.start(GetParam());
    ASSERT_TRUE(ground.dies()) << "the point was never reached";
    ground.start();
    ASSERT_TRUE(ground.settles());
    ground.expect_each_once();
    ground.kill();
  }
}

INSTANTIATE_TEST_SUITE_P(AtEveryPoint, GithubBotDies,
                         ::testing::Values("after_effect_claim",             // the intent is stored, nothing was sent
                                           "after_host_post_before_record",  // the answer is read, its id is not stored
                                           "before_effect_commit", "after_effect_commit"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace greenroom::testing
