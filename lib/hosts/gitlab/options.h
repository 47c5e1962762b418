#pragma once
// How the bot reaches GitLab: gitlab.com or an instance of one's own.

#include <string>
#include <vector>

#include "lib/base/secret.h"
#include "lib/hosts/limits.h"

namespace greenroom::hosts::gitlab {

struct Options {
  std::string api_url = "https://gitlab.com/api/v4";  // "https://HOST/api/v4", "https://HOST/gitlab/api/v4"
  std::string dashboard_url;                          // no slash at the end: where a status links to
  Secret token;       // of the bot's account, a project or a group: scope "api", role Developer or more
  Secret read_token;  // what runners fetch with: scope "read_repository"; empty: only what is public can be fetched
  // GitLab's own default for notes is 300 a minute and user.
  std::vector<WriteLimit> content_limits{{300, std::chrono::minutes(1)}};
};

}  // namespace greenroom::hosts::gitlab
