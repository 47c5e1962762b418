#pragma once
// The practice host's webhook: an Event as signed JSON. encode and decode are each other's inverse.
//
//   POST <webhook.url>/hooks/local
//   X-Greenroom-Event: change_opened            (model::name_of)
//   X-Greenroom-Delivery: 32 hex digits
//   X-Greenroom-Signature-256: sha256=<hex HMAC-SHA-256 of the body, key local.webhook_secret>
//
//   {"event": "change_updated", "at": RFC 3339,
//    "repository": {"id", "full_name", "default_branch"},
//    "actor": {"id", "login", "name", "kind": "person"|"bot"},
//    "change": {"number", "title", "description", "head_ref", "base_ref", "head_sha", "base_sha", "author": {…},
//               "draft", "trusted_author"},
//    "issue": {"number", "title", "description", "author": {…}, "labels": […]},
//    "comment": {"id", "body", "previous_body", "place": "change"|"issue", "thread"}, "label": "…"}
// Members that the event does not have are absent.

#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/http/server.h"
#include "lib/model/event.h"

namespace greenroom::hosts::local {

std::string encode(const model::Event& event);
// Errors: user_fault naming the member. The event's trace is left empty.
Result<model::Event> decode(std::string_view body);

struct SignedDelivery {
  http::HeaderList headers;  // with Content-Type
  std::string body;
};
SignedDelivery sign(const model::Event& event, const Secret& secret);

}  // namespace greenroom::hosts::local
