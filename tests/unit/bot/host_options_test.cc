#include "lib/bot/host_options.h"

#include <gmock/gmock.h>

#include <map>

namespace greenroom::bot {
namespace {

using ::testing::HasSubstr;
using Environment = std::map<std::string, std::string>;

config::Config config_with(const Environment& environment) {
  auto config = config::Config::load("", [&](const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
  });
  EXPECT_TRUE(config) << config.error().describe();
  return std::move(*config);
}

Result<std::optional<hosts::github::Options>> options_with(const Environment& environment) {
  return github_options(config_with(environment));
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

TEST(HostOptions, AnAppsLimitsAreGithubsUnlessTheOperatorKnowsBetter) {
  const Environment app{{"GREENROOM_GITHUB_APP_ID", "7"}, {"GREENROOM_GITHUB_PRIVATE_KEY", "a key"}};
  const auto usual = (*options_with(app))->content_limits;
  ASSERT_EQ(usual.size(), 2u);
  EXPECT_EQ(usual[0].count, 80);
  EXPECT_EQ(usual[1].count, 500);
  auto other = app;
  other["GREENROOM_GITHUB_WRITES_PER_HOUR"] = "0";
  other["GREENROOM_GITHUB_WRITES_PER_MINUTE"] = "200";
  const auto fewer = (*options_with(other))->content_limits;
  ASSERT_EQ(fewer.size(), 1u);
  EXPECT_EQ(fewer[0].count, 200);
  other["GREENROOM_GITHUB_WRITES_PER_MINUTE"] = "2000000";
  EXPECT_THAT(fault_of(other), HasSubstr("github.writes_per_minute is a number"));
}

TEST(HostOptions, GitlabIsAnAccountsToken) {
  EXPECT_FALSE(*gitlab_options(config_with({})));
  const auto options = gitlab_options(config_with(
      {{"GREENROOM_GITLAB_TOKEN", "a token"}, {"GREENROOM_GITLAB_API_URL", "https://git.example.org/api/v4"}}));
  ASSERT_TRUE(options && *options);
  EXPECT_EQ((*options)->api_url, "https://git.example.org/api/v4");
  EXPECT_EQ((*options)->content_limits.at(0).count, 300);
  const auto half = gitlab_options(config_with({{"GREENROOM_GITLAB_READ_TOKEN", "another"}}));
  ASSERT_FALSE(half);
  EXPECT_THAT(half.error().message, HasSubstr("not gitlab.token"));
  const auto same =
      gitlab_options(config_with({{"GREENROOM_GITLAB_TOKEN", "a token"}, {"GREENROOM_GITLAB_READ_TOKEN", "a token"}}));
  ASSERT_FALSE(same);
  EXPECT_THAT(same.error().message, HasSubstr("may only read"));
}

TEST(HostOptions, GiteaHasNoAddressOfItsOwn) {
  EXPECT_FALSE(*gitea_options(config_with({})));
  const auto half = gitea_options(config_with({{"GREENROOM_GITEA_TOKEN", "a token"}}));
  ASSERT_FALSE(half);
  EXPECT_THAT(half.error().message, HasSubstr("not gitea.api_url"));
  const auto options = gitea_options(config_with(
      {{"GREENROOM_GITEA_TOKEN", "a token"}, {"GREENROOM_GITEA_API_URL", "https://git.example.org/api/v1"}}));
  ASSERT_TRUE(options && *options);
  EXPECT_EQ((*options)->token.reveal(), "a token");
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
