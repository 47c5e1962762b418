#pragma once
// How the bot reaches GitHub.

#include <cstdint>
#include <string>
#include <vector>

#include "lib/base/secret.h"
#include "lib/hosts/limits.h"

namespace greenroom::hosts::github {

struct Options {
  std::string api_url = "https://api.github.com";  // of GitHub Enterprise Server: "https://HOST/api/v3"
  std::string git_url;                             // where git fetches: "https://github.com"; empty: what api_url says
  std::string dashboard_url;                       // no slash at the end: where a status links to
  // As an App:
  std::int64_t app_id = 0;
  Secret private_key;  // PEM
  // Or with the token of an account, for trials:
  Secret token;
  Secret read_token;  // what runners fetch with: may only read; empty: only what is public can be fetched
  // What one installation may write that people see, and what it may write besides: check runs and statuses. GitHub
  // documents the first ("Rate limits for the REST API"); the second keeps within 900 points a minute.
  std::vector<WriteLimit> content_limits{{80, std::chrono::minutes(1)}, {500, std::chrono::hours(1)}};
  std::vector<WriteLimit> state_limits{{80, std::chrono::minutes(1)}};
};

}  // namespace greenroom::hosts::github
