#pragma once
// Who looks at a page. A one-time link, printed for an administrator, begins a session; a cookie carries it. Only
// hashes of tokens are stored. Every form carries the session's CSRF token.

#include <cstdint>
#include <optional>
#include <string>

#include "lib/base/error.h"
#include "lib/http/server.h"
#include "lib/model/ids.h"
#include "lib/pg/pg.h"

namespace greenroom::web {

struct Viewer {
  model::PersonId person;
  std::string login, name;  // name: what to show
  std::string host;
  std::int64_t host_account_id = 0;
  std::string csrf;
  bool is_operator = false;  // the session began with a link that the administrator made for one
};

enum class Transport { http, https };
Transport transport_of(const std::string& url);

// Whom the link would sign in, without using it; nullopt when it is used, unknown or older than a day.
Result<std::optional<std::string>> name_on_link(pg::Connection& db, std::string_view token);
// Uses the link and returns the new session's token for the cookie; nullopt as above. Of two at once one gets it.
Result<std::optional<std::string>> sign_in(pg::Connection& db, std::string_view token);
Result<std::optional<Viewer>> viewer_of(pg::Connection& db, std::string_view session_token);
Result<void> sign_out(pg::Connection& db, std::string_view session_token);

std::string session_token(const http::Request& request, Transport transport);
std::string session_cookie(std::string_view token, Transport transport);  // Set-Cookie; an empty token removes it

// A request that another site's page made this browser send: by Sec-Fetch-Site, else by Origin.
bool comes_from_elsewhere(const http::Request& request);

}  // namespace greenroom::web
