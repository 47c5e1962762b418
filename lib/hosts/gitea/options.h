#pragma once
// How the bot reaches Gitea or Forgejo.

#include <memory>
#include <string>

#include "lib/base/secret.h"
#include "lib/hosts/gitea/review_lock.h"

namespace greenroom::hosts::gitea {

struct Options {
  std::string api_url;        // "https://HOST/api/v1"
  std::string git_url;        // where git fetches: "https://HOST"; empty: what api_url says
  std::string dashboard_url;  // no slash at the end: where a status links to
  Secret token;               // of the bot's account, an administrator of its repositories
  Secret read_token;          // what runners fetch with: may only read; empty: only what is public can be fetched
  // The same for every host that acts as this account. Empty: one of this host's own, enough for one thread in one
  // process.
  std::shared_ptr<ReviewLock> review_lock;
};

}  // namespace greenroom::hosts::gitea
