#pragma once
// Who sent a GitLab webhook. Two schemes, told apart by the configured secret:
//
//   a secret token: X-Gitlab-Token is the secret itself; nothing is signed
//   a signing token, "whsec_<base64 of the key>": webhook-signature is a list, divided by spaces, of
//     "v1,<base64 HMAC-SHA-256 of 'webhook-id.webhook-timestamp.body'>"
//
// Sources: docs.gitlab.com, "Webhooks"; standardwebhooks.com, the specification that the second one follows. Pure.

#include <string_view>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/model/delivery.h"

namespace greenroom::hosts::gitlab {

// By one of the secrets, each compared in constant time. A signature older or newer than five minutes is none; a
// signing token is never taken as a secret token. Errors: rejected.
Result<void> check_sender(const model::Headers& headers, std::string_view body, const std::vector<Secret>& secrets,
                          TimePoint now);

}  // namespace greenroom::hosts::gitlab
