#include "lib/bot/host_options.h"

#include <algorithm>

namespace greenroom::bot {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::int64_t kMostWrites = 1'000'000;

std::vector<hosts::WriteLimit> limits_in(const config::Config& config, const std::string& host) {
  std::vector<hosts::WriteLimit> limits;
  const auto minute = config.integer(host + ".writes_per_minute"), hour = config.integer(host + ".writes_per_hour");
  if (minute > 0) limits.push_back({static_cast<int>(std::min(minute, kMostWrites)), minutes(1)});
  if (hour > 0) limits.push_back({static_cast<int>(std::min(hour, kMostWrites)), hours(1)});
  return limits;
}

Result<void> check_limits(const config::Config& config, const std::string& host) {
  for (const char* key : {".writes_per_minute", ".writes_per_hour"}) {
    const auto count = config.integer(host + key);
    if (count < 0 || count > kMostWrites) return user_fault(host + key + " is a number from 0 (no limit) to 1000000");
  }
  return {};
}

// Of a host whose bot is an account. False: it is not set up.
Result<bool> has_account(const config::Config& config, const std::string& host) {
  const auto token = config.secret(host + ".token"), read = config.secret(host + ".read_token");
  if (token.empty() && !read.empty())
    return user_fault(host + ".read_token is set, but not " + host + ".token, the one of the bot's account");
  if (!token.empty() && read.reveal() == token.reveal())
    return user_fault(host + ".read_token is " + host + ".token: runners get one that may only read, or none");
  return !token.empty();
}

}  // namespace

hosts::github::Options github_addresses(const config::Config& config) {
  hosts::github::Options options;
  options.api_url = config.text("github.api_url");
  options.git_url = config.text("github.git_url");
  options.dashboard_url = config.text("dashboard.url");
  options.content_limits = limits_in(config, "github");
  return options;
}

Result<std::optional<hosts::github::Options>> github_options(const config::Config& config) {
  auto options = github_addresses(config);
  options.app_id = config.integer("github.app_id");
  options.private_key = config.secret("github.private_key");
  options.token = config.secret("github.token");
  options.read_token = config.secret("github.read_token");
  GREENROOM_CHECK(check_limits(config, "github"));
  if (options.app_id == 0 && options.token.empty()) {
    if (options.private_key.empty()) return std::optional<hosts::github::Options>();
    return user_fault("github.private_key is set, but not github.app_id: GitHub shows it on the App's page");
  }
  if (options.app_id != 0 && options.private_key.empty())
    return user_fault("github.app_id is set, but not github.private_key: generate one on the App's page");
  if (options.app_id != 0 && !options.token.empty())
    return user_fault("github.app_id and github.token are both set: the bot is either an App or an account");
  if (!options.read_token.empty() && options.read_token.reveal() == options.token.reveal())
    return user_fault("github.read_token is github.token: runners get one that may only read contents, or none");
  return std::optional(std::move(options));
}

Result<std::optional<hosts::gitlab::Options>> gitlab_options(const config::Config& config) {
  GREENROOM_CHECK(check_limits(config, "gitlab"));
  GREENROOM_TRY(is_there, has_account(config, "gitlab"));
  if (!is_there) return std::optional<hosts::gitlab::Options>();
  hosts::gitlab::Options options;
  options.api_url = config.text("gitlab.api_url");
  options.dashboard_url = config.text("dashboard.url");
  options.token = config.secret("gitlab.token");
  options.read_token = config.secret("gitlab.read_token");
  options.content_limits = limits_in(config, "gitlab");
  return std::optional(std::move(options));
}

Result<std::optional<hosts::gitea::Options>> gitea_options(const config::Config& config) {
  GREENROOM_TRY(is_there, has_account(config, "gitea"));
  hosts::gitea::Options options;
  options.api_url = config.text("gitea.api_url");
  if (is_there && options.api_url.empty())
    return user_fault("gitea.token is set, but not gitea.api_url: https://HOST/api/v1");
  if (!is_there) return std::optional<hosts::gitea::Options>();
  options.git_url = config.text("gitea.git_url");
  options.dashboard_url = config.text("dashboard.url");
  options.token = config.secret("gitea.token");
  options.read_token = config.secret("gitea.read_token");
  return std::optional(std::move(options));
}

}  // namespace greenroom::bot
