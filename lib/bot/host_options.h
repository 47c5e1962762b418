#pragma once
// What the operator's configuration says about git hosts. Pure.

#include <optional>

#include "lib/config/config.h"
#include "lib/hosts/gitea/options.h"
#include "lib/hosts/github/options.h"
#include "lib/hosts/gitlab/options.h"

namespace greenroom::bot {

// Where GitHub is, who we say we are, and how much may be written: what every bot on GitHub needs beside its
// credentials.
hosts::github::Options github_addresses(const config::Config& config);

// nullopt: the host is not set up. Errors: user_fault, when half of it is there: which half is missing, and where it is
// found.
Result<std::optional<hosts::github::Options>> github_options(const config::Config& config);
Result<std::optional<hosts::gitlab::Options>> gitlab_options(const config::Config& config);
// Without a review lock: whoever runs several threads gives one.
Result<std::optional<hosts::gitea::Options>> gitea_options(const config::Config& config);

}  // namespace greenroom::bot
