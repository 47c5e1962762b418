#pragma once
// What an answer of Gitea says beside its body: why it refuses, how long to wait, how many rows its list has. Pure; the
// text is from outside. Inner to lib/hosts/gitea.
// Sources: docs.gitea.com, "API Usage"; services/context/api.go and pagination.go of Gitea and Forgejo. Neither limits
// requests by itself: the 429 of a proxy in front of it, with Retry-After or without.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/http/server.h"

namespace greenroom::hosts::gitea {

struct Refusal {
  Error error;
  std::chrono::seconds pause{0};  // nothing may be asked for so long
  bool stale = false;             // a name is not what it was
};

// Of an answer that is no success. A write that a server's fault answers may have happened: in_doubt. A route that is
// not there is not_found, too.
enum class Deed { read, write };
Refusal refusal_in(const http::Response& response, Deed deed, TimePoint now);

// What a list's headers say of it.
struct Listing {
  std::optional<std::int64_t> total;  // X-Total-Count: of all pages, also of rows that we may not see
  bool more = false;                  // a Link to a next page
};
Listing listing_in(const http::Response& response);

std::string told(std::string_view words);  // "Gitea: …", cut to a line

}  // namespace greenroom::hosts::gitea
