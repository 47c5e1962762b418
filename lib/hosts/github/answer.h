#pragma once
// What an answer of GitHub says beside its body: why it refuses, how long to wait, where the list goes on. Pure; the
// text is from outside. Inner to lib/hosts/github.
// Sources: docs.github.com, "Rate limits for the REST API", "Best practices", "Using pagination in the REST API".

#include <chrono>
#include <string>
#include <string_view>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/http/server.h"

namespace greenroom::hosts::github {

struct Refusal {
  Error error;
  std::chrono::seconds pause{0};  // nothing may be asked for so long
  bool stale = false;             // names or tokens are not what they were
};

// Of an answer that is no success. A write that a server's fault answers may have happened: in_doubt.
enum class Deed { read, write };
Refusal refusal_in(const http::Response& response, Deed deed, TimePoint now);

// `Retry-After`, else `x-ratelimit-reset` when nothing remains, else a minute; from a second to an hour.
std::chrono::seconds pause_in(const http::Response& response, TimePoint now);

// The query of the next page, from the Link header (RFC 8288); empty on the last. Errors: transient.
Result<std::string> next_page_in(const http::Response& response);

std::string told(std::string_view words);  // "GitHub: …", cut to a line

}  // namespace greenroom::hosts::github
