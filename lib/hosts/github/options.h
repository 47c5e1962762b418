#pragma once
// How the bot reaches GitHub.

#include <cstdint>
#include <string>

#include "lib/base/secret.h"

namespace greenroom::hosts::github {

struct Options {
  std::string api_url = "https://api.github.com";  // of GitHub Enterprise Server: "https://HOST/api/v3"
  std::string dashboard_url;                       // no slash at the end: where a status links to
  // As an App:
  std::int64_t app_id = 0;
  Secret private_key;  // PEM
  // Or with the token of an account, for trials:
  Secret token;
};

}  // namespace greenroom::hosts::github
