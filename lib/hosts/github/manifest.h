#pragma once
// A GitHub App that is made from a manifest: what the browser brings to GitHub, and what the bot gets for the code that
// the browser brings back. Source: docs.github.com, "Registering a GitHub App from a manifest", and GitHub's REST
// description of "Create a GitHub App from a manifest".

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/hosts/github/api.h"

namespace greenroom::hosts::github {

// JSON. `home`: where people reach the dashboard; `hook_url`: where GitHub shall send; `back_url`: where the browser
// returns with the code. Pure.
std::string manifest(const std::string& home, const std::string& hook_url, const std::string& back_url);

// Letters, digits, '-' and '_', as GitHub makes them: it becomes a part of a path. Hostile text. Pure.
bool is_manifest_code(std::string_view text);
bool is_organisation(std::string_view text);

struct MadeApp {
  std::int64_t app_id = 0;
  std::string page;  // "https://github.com/apps/greenroom"
  Secret private_key, webhook_secret;
};

// One thread at a time; keeps the pauses that GitHub asks for.
class AppConversion {
 public:
  AppConversion(const std::string& api_url, const Clock& clock) : api_(api_url, clock) {}
  // A code works once, within the hour. Errors: rejected (no code), not_found (used, or too old), transient (it was not
  // used), in_doubt (it may be used, and what came back is lost).
  Result<MadeApp> convert(const std::string& code);

 private:
  Api api_;
};

}  // namespace greenroom::hosts::github
