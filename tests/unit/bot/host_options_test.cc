#include "lib/bot/host_options.h"

#include <gmock/gmock.h>

#include <map>

namespace greenroom::bot {
namespace {

using ::testing::HasSubstr;
using Environment = std::map<std::string, std::string>;

Result<std::optional<hosts::github::Options>> options_with(const Environment& environment) {
  const auto config = config::Config::load("", [&](const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
  });
  EXPECT_TRUE(config) << config.error().describe();
  return github_options(*config);
}

std::string fault_of(const Environment& environment) {
  const auto options = options_with(environment);
  return options ? "none" : options.error().message;
}

TEST(HostOptions, WithoutSettingsThereIsNoGithub) {
  const auto options = options_with({});
  ASSERT_TRUE(options);
  EXPECT_FALSE(*options);
}

TEST(HostOptions, AnAppHasANumberAndAKey) {
  const auto options = options_with({{"GREENROOM_GITHUB_APP_ID", "7"},
                                     {"GREENROOM_GITHUB_PRIVATE_KEY", "a key"},
                                     {"GREENROOM_GITHUB_API_URL", "https://git.example.org/api/v3"}});
  ASSERT_TRUE(options && *options);
  EXPECT_EQ((*options)->app_id, 7);
  EXPECT_EQ((*options)->private_key.reveal(), "a key");
  EXPECT_EQ((*options)->api_url, "https://git.example.org/api/v3");
  EXPECT_EQ((*options)->dashboard_url, "http://127.0.0.1:8080");
}

TEST(HostOptions, HalfOfAnAppIsAnErrorThatSaysWhichHalf) {
  EXPECT_THAT(fault_of({{"GREENROOM_GITHUB_APP_ID", "7"}}), HasSubstr("not github.private_key"));
  EXPECT_THAT(fault_of({{"GREENROOM_GITHUB_PRIVATE_KEY", "a key"}}), HasSubstr("not github.app_id"));
  EXPECT_THAT(fault_of({{"GREENROOM_GITHUB_APP_ID", "7"},
                        {"GREENROOM_GITHUB_PRIVATE_KEY", "a key"},
                        {"GREENROOM_GITHUB_TOKEN", "a token"}}),
              HasSubstr("either an App or an account"));
}

TEST(HostOptions, RunnersNeverGetTheTokenThatWrites) {
  EXPECT_THAT(fault_of({{"GREENROOM_GITHUB_TOKEN", "a token"}, {"GREENROOM_GITHUB_READ_TOKEN", "a token"}}),
              HasSubstr("may only read"));
  const auto options =
      options_with({{"GREENROOM_GITHUB_TOKEN", "a token"}, {"GREENROOM_GITHUB_READ_TOKEN", "another"}});
  ASSERT_TRUE(options && *options);
  EXPECT_EQ((*options)->read_token.reveal(), "another");
}

}  // namespace
}  // namespace greenroom::bot
