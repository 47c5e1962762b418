#include "lib/bot/host_options.h"

namespace greenroom::bot {

hosts::github::Options github_addresses(const config::Config& config) {
  hosts::github::Options options;
  options.api_url = config.text("github.api_url");
  options.git_url = config.text("github.git_url");
  options.dashboard_url = config.text("dashboard.url");
  return options;
}

Result<std::optional<hosts::github::Options>> github_options(const config::Config& config) {
  auto options = github_addresses(config);
  options.app_id = config.integer("github.app_id");
  options.private_key = config.secret("github.private_key");
  options.token = config.secret("github.token");
  options.read_token = config.secret("github.read_token");
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

}  // namespace greenroom::bot
