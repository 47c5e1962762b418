#pragma once
// How an App proves itself to GitHub: a JWT signed with its private key. Source: docs.github.com, "Generating a JSON
// Web Token (JWT) for a GitHub App": RS256, `iat` a minute ago against clocks that differ, `exp` within ten minutes.

#include <string>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/secret.h"

namespace greenroom::hosts::github {

// `private_key` is PEM, as GitHub gives it for download. Errors: user_fault (the key is none).
Result<Secret> app_jwt(std::int64_t app_id, const Secret& private_key, TimePoint now);

}  // namespace greenroom::hosts::github
