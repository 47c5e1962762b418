#include "lib/config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/config/value.h"
#include "tests/support/temp_directory.h"

namespace greenroom::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<Config> load(const std::string& yaml, std::map<std::string, std::string> environment = {}) {
  const testing::TempDirectory folder;
  folder.write("greenroom.yml", yaml);
  return Config::load(folder / "greenroom.yml", [=](const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
  });
}

TEST(Config, EveryDefaultFitsItsOwnType) {
  for (const Key& key : all_keys()) EXPECT_TRUE(check_value(key, key.otherwise)) << key.name;
}

TEST(Config, DefaultThenFileThenEnvironment) {
  const auto config = load("webhook:\n  listen: 127.0.0.1:1\nrunner: {slots: 3}\n", {{"GREENROOM_RUNNER_SLOTS", "5"}});
  ASSERT_TRUE(config) << config.error().describe();
  EXPECT_EQ(config->text("webhook.listen"), "127.0.0.1:1");
  EXPECT_THAT(config->origin("webhook.listen"), HasSubstr("greenroom.yml:2"));
  EXPECT_EQ(config->integer("runner.slots"), 5);
  EXPECT_EQ(config->origin("runner.slots"), "environment");
  EXPECT_EQ(config->integer("runner.parallel"), 2);
  EXPECT_EQ(config->origin("runner.parallel"), "default");
}

TEST(Config, NamesTheLineAndTheNearestSetting) {
  EXPECT_THAT(load("runner:\n  slotz: 3\n").error().message,
              HasSubstr("greenroom.yml:2: there is no setting 'runner.slotz'; did you mean 'runner.slots'?"));
  EXPECT_THAT(load("runner:\n  slots: many\n").error().message,
              HasSubstr("greenroom.yml:2: 'runner.slots' takes a whole number"));
  EXPECT_THAT(load("runner: {slots: 1}\nrunner: {slots: 2}\n").error().message, HasSubstr("set twice"));
  EXPECT_THAT(load("runner: [\n").error().message, HasSubstr("greenroom.yml:"));
  EXPECT_THAT(load("state: {directory: relative}\n").error().message, HasSubstr("absolute path"));
  EXPECT_EQ(Config::load("/no/such/file", [](const std::string&) { return std::string(); }).error().kind,
            ErrorKind::user_fault);
}

TEST(Config, SecretsComeFromFilesAndNeverPrint) {
  const testing::TempDirectory folder;
  folder.write("token", "s3cret\n");
  const auto config = load("", {{"GREENROOM_BOT_MARKER_KEY_FILE", folder / "token"}});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->secret("bot.marker_key").reveal(), "s3cret");
  EXPECT_THROW(config->text("bot.marker_key"), std::logic_error);
}

TEST(Config, ARepositorySetsOnlyWhatItMay) {
  const auto config = load("teaching: {inline_cap: 2}\n");
  ASSERT_TRUE(config);
  EXPECT_THAT(config->with_repository("checks: {disabled: [flake8, mypy]}\n")->list("checks.disabled"),
              ElementsAre("flake8", "mypy"));
  EXPECT_EQ(config->with_repository("teaching: {inline_cap: 1}\n")->integer("teaching.inline_cap"), 1);
  EXPECT_THAT(config->with_repository("teaching: {inline_cap: 3}\n").error().message, HasSubstr("at most 2"));
  EXPECT_THAT(config->with_repository("database: {password: x}\n").error().message, HasSubstr("the operator's"));
  EXPECT_THAT(config->with_repository(std::string(70'000, '#')).error().message, HasSubstr("64 KiB"));
  EXPECT_FALSE(config->with_repository("- a\n- b\n"));
  EXPECT_TRUE(config->with_repository(""));
}

TEST(Config, AliasesAndDepthStayBounded) {
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  const auto config = load("");
  EXPECT_FALSE(config->with_repository(deep));
  EXPECT_FALSE(config->with_repository(std::string(20'000, '[')));
  std::string bomb = "a0: &a0 {x: 1}\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {x: *a" + before + ", y: *a" + before + "}\n";
  }
  EXPECT_FALSE(config->with_repository(bomb));
}

TEST(Config, AskingForWhatIsNotThereIsABug) {
  const auto config = load("");
  EXPECT_THROW(config->text("no.such"), std::logic_error);
  EXPECT_THROW(config->integer("webhook.listen"), std::logic_error);
  EXPECT_THROW(config->origin("no.such"), std::logic_error);
}

}  // namespace
}  // namespace greenroom::config
