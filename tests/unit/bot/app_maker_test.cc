// The bot's half of an App that is made in the browser: a code becomes a key that only the bot can read.

#include "lib/bot/app_maker.h"

#include <gmock/gmock.h>

#include "tests/support/fake_clock.h"
#include "tests/support/fake_github/app_key.h"
#include "tests/support/fake_github/fake_github.h"
#include "tests/support/test_database.h"

namespace greenroom::bot {
namespace {

using ::testing::HasSubstr;

class AppMakerTest : public ::testing::Test {
 protected:
  AppMakerTest() : pool_(database_.options_as("greenroom_bot"), 1) {
    hosts::github::Options addresses;
    addresses.api_url = github_.url();
    maker_.emplace(pool_, keys_, addresses, clock_);
    database_.script(
        "INSERT INTO person (host, host_account_id, login) VALUES ('local', 1, 'ada');"
        "INSERT INTO session (token_sha256, person_id, csrf, expires_at) SELECT repeat('c', 64), id, 'x', now() + "
        "interval '1 day' FROM person");
  }
  static testing::FakeGithubOptions options_with(const Clock& clock) {
    testing::FakeGithubOptions options;
    options.clock = &clock;
    return options;
  }
  std::string code() { return github_.person_makes_app(hosts::github::manifest("h", "w", "b")); }
  void webhook_is_ready() { put("INSERT INTO webhook_box (public_key) VALUES ($1)", webhook_.public_key); }
  void put(const std::string& sql, const std::string& bytes) {
    ASSERT_TRUE(database_.connection().run({sql, sql}, {pg::Bytes{bytes}}));
  }
  void come_back_with(const std::string& code, const BoxKeys& keys) {
    put("INSERT INTO app_request (state_sha256, session_sha256, returned_at, sealed_code) "
        "VALUES (md5(random()::text) || md5(random()::text), repeat('c', 64), now(), $1)",
        seal(Secret(code), keys.public_key).value());
  }
  Result<Step> make_one() { return maker_->make_one(); }
  std::string failure() {
    return database_.answer(
        "SELECT coalesce(failure, 'none') AS answer FROM app_request ORDER BY made_at DESC LIMIT 1");
  }
  std::string count(const std::string& of) { return database_.answer("SELECT count(*) AS answer FROM " + of); }

  testing::FakeClock clock_;
  testing::FakeGithub github_{options_with(clock_)};
  testing::TestDatabase database_;
  pg::Pool pool_;
  const BoxKeys keys_ = make_box_keys(), webhook_ = make_box_keys();
  std::optional<AppMaker> maker_;
};

TEST_F(AppMakerTest, KeepsTheKeyForItselfAndTheSecretForTheWebhookService) {
  webhook_is_ready();
  ASSERT_TRUE(maker_->publish());
  ASSERT_TRUE(maker_->publish()) << "the same again";
  EXPECT_FALSE(maker_->kept().value());
  come_back_with(code(), keys_);
  EXPECT_EQ(make_one().value(), Step::did);
  EXPECT_EQ(failure(), "none");
  const auto kept = maker_->kept();
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ((*kept)->app_id, testing::FakeGithubOptions().app_id);
  EXPECT_EQ((*kept)->private_key.reveal(), testing::app_key().private_pem);
  const std::string sql = "SELECT sealed_key, sealed_webhook_secret FROM github_app";
  const auto rows = database_.connection().run({sql, sql}).value();
  EXPECT_EQ(open_sealed(rows[0].bytes("sealed_webhook_secret"), webhook_).value().reveal(),
            testing::FakeGithubOptions().webhook_secret);
  EXPECT_FALSE(open_sealed(rows[0].bytes("sealed_webhook_secret"), keys_)) << "not even the bot";
  EXPECT_EQ(rows[0].bytes("sealed_key").find("PRIVATE KEY"), std::string::npos);
  EXPECT_EQ(make_one().value(), Step::nothing);
}

TEST_F(AppMakerTest, SaysWhyThereIsNoApp) {
  come_back_with(code(), keys_);
  ASSERT_TRUE(make_one());
  EXPECT_THAT(failure(), HasSubstr("no webhook.seal_key yet"));
  webhook_is_ready();
  come_back_with("unknown", keys_);
  ASSERT_TRUE(make_one());
  EXPECT_THAT(failure(), HasSubstr("it works once, within the hour"));
  come_back_with(code(), make_box_keys());
  ASSERT_TRUE(make_one());
  EXPECT_THAT(failure(), HasSubstr("sealed for somebody else"));
  come_back_with("../user", keys_);
  ASSERT_TRUE(make_one());
  EXPECT_THAT(failure(), HasSubstr("no code of GitHub's"));
  EXPECT_EQ(count("github_app"), "0");
}

TEST_F(AppMakerTest, KeepsTheFirstApp) {
  webhook_is_ready();
  come_back_with(code(), keys_);
  ASSERT_TRUE(make_one());
  const auto asked = github_.requests().size();
  come_back_with(code(), keys_);
  ASSERT_TRUE(make_one());
  EXPECT_THAT(failure(), HasSubstr("There is a GitHub App already"));
  EXPECT_EQ(github_.requests().size(), asked) << "the second code is not even used";
}

TEST_F(AppMakerTest, TriesAgainWhatGithubRefusedToHearAndNotWhatItMayHaveDone) {
  webhook_is_ready();
  come_back_with(code(), keys_);
  testing::fake::Fault fault;
  fault.path = "/app-manifests/*";
  fault.status = 429;
  fault.headers = {{"Retry-After", "30"}};
  github_.inject(fault);
  EXPECT_FALSE(make_one());
  EXPECT_FALSE(make_one()) << "the pause is kept";
  EXPECT_EQ(github_.requests().size(), 1u);
  clock_.advance(std::chrono::seconds(31));
  fault.what = testing::fake::Fault::What::act_then_answer;
  fault.status = 502;
  github_.inject(fault);
  ASSERT_TRUE(make_one());
  EXPECT_THAT(failure(), HasSubstr("GitHub's answer was lost"));
  EXPECT_EQ(make_one().value(), Step::nothing);
}

TEST_F(AppMakerTest, GivesUpWhatABotDiedOver) {
  webhook_is_ready();
  come_back_with(code(), keys_);
  database_.script("UPDATE app_request SET claimed_at = now() - interval '6 minutes'");
  EXPECT_EQ(make_one().value(), Step::nothing);
  EXPECT_THAT(failure(), HasSubstr("did not come"));
  database_.script("UPDATE app_request SET made_at = now() - interval '25 hours'");
  EXPECT_EQ(make_one().value(), Step::nothing);
  EXPECT_EQ(count("app_request"), "0");
}

TEST_F(AppMakerTest, SaysWhenItsOwnKeyIsAnotherOne) {
  webhook_is_ready();
  come_back_with(code(), keys_);
  ASSERT_TRUE(make_one());
  const auto kept = AppMaker(pool_, make_box_keys(), {}, clock_).kept();
  ASSERT_FALSE(kept);
  EXPECT_THAT(kept.error().message, HasSubstr("another bot.seal_key"));
}

}  // namespace
}  // namespace greenroom::bot
