#pragma once
// What an answer of GitLab says beside its body: why it refuses, how long to wait, where the list goes on. Pure; the
// text is from outside. Inner to lib/hosts/gitlab.
// Sources: docs.gitlab.com, "REST API" (status codes, pagination), "Rate limits" (headers).

#include <chrono>
#include <string>
#include <string_view>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/http/server.h"

namespace greenroom::hosts::gitlab {

struct Refusal {
  Error error;
  std::chrono::seconds pause{0};  // nothing may be asked for so long
};

// Of an answer that is no success. A write that a server's fault answers may have happened: in_doubt. A limit is
// transient and names its pause: `Retry-After`, else `RateLimit-Reset`, else a minute; from a second to an hour.
enum class Deed { read, write };
Refusal refusal_in(const http::Response& response, Deed deed, TimePoint now);

// The number of the next page, by X-Next-Page; 0 on the last.
int next_page_in(const http::Response& response);

}  // namespace greenroom::hosts::gitlab
