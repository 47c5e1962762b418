#pragma once
// What the operator's configuration says about git hosts. Pure.

#include <optional>

#include "lib/config/config.h"
#include "lib/hosts/github/options.h"

namespace greenroom::bot {

// Where GitHub is, and who we say we are: what every bot on GitHub needs beside its credentials.
hosts::github::Options github_addresses(const config::Config& config);

// nullopt: GitHub is not set up. Errors: user_fault, when half of it is there: which half is missing, and where it is
// found.
Result<std::optional<hosts::github::Options>> github_options(const config::Config& config);

}  // namespace greenroom::bot
