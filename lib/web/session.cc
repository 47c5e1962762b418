#include "lib/web/session.h"

#include "lib/base/hash.h"
#include "lib/pg/query.h"
#include "lib/web/words.h"

namespace greenroom::web {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr const char* kFortnight = "1209600";

std::string hash_of(std::string_view token) { return to_hex(sha256(token)); }

// __Host-: no other host of the domain can set it.
std::string cookie_name(Transport transport) {
  return transport == Transport::https ? "__Host-greenroom_session" : "greenroom_session";
}

}  // namespace

Transport transport_of(const std::string& url) {
  return url.starts_with("https://") ? Transport::https : Transport::http;
}

Result<std::optional<std::string>> name_on_link(pg::Connection& db, std::string_view token) {
  GREENROOM_TRY(rows, db.run(pg::query("sign_in/link"), {hash_of(token)}));
  if (rows.empty()) return std::optional<std::string>();
  return std::optional(name_of(rows[0].text("display_name"), rows[0].text("login")));
}

Result<std::optional<std::string>> sign_in(pg::Connection& db, std::string_view token) {
  std::optional<std::string> session;
  GREENROOM_CHECK(db.transaction([&](pg::Connection& inside) -> Result<void> {
    GREENROOM_TRY(rows, inside.run(pg::query("sign_in/use_link"), {hash_of(token)}));
    if (rows.empty()) return {};
    session = random_hex(kTokenBytes);
    GREENROOM_TRY(begun, inside.run(pg::query("sign_in/begin_session"),
                                    {hash_of(*session), rows[0].integer("person_id"), random_hex(kTokenBytes),
                                     rows[0].boolean("is_operator")}));
    GREENROOM_TRY(forgotten, inside.run(pg::query("sign_in/forget_old")));
    return {};
  }));
  return session;
}

Result<std::optional<Viewer>> viewer_of(pg::Connection& db, std::string_view session_token) {
  if (session_token.size() != 2 * kTokenBytes) return std::optional<Viewer>();
  GREENROOM_TRY(rows, db.run(pg::query("sign_in/session"), {hash_of(session_token)}));
  if (rows.empty()) return std::optional<Viewer>();
  const auto row = rows[0];
  return std::optional(Viewer{model::PersonId{row.integer("id")}, row.text("login"),
                              name_of(row.text("display_name"), row.text("login")), row.text("host"),
                              row.integer("host_account_id"), row.text("csrf"), row.boolean("is_operator")});
}

Result<void> sign_out(pg::Connection& db, std::string_view session_token) {
  GREENROOM_TRY(rows, db.run(pg::query("sign_in/end_session"), {hash_of(session_token)}));
  return {};
}

std::string session_token(const http::Request& request, Transport transport) {
  return request.cookie(cookie_name(transport));
}

std::string session_cookie(std::string_view token, Transport transport) {
  return cookie_name(transport) + "=" + std::string(token) +
         "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + (token.empty() ? "0" : kFortnight) +
         (transport == Transport::https ? "; Secure" : "");
}

bool comes_from_elsewhere(const http::Request& request) {
  const auto site = request.header("sec-fetch-site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  const auto origin = request.header("origin");
  if (origin.empty()) return false;  // not a browser, or an old one: the CSRF token decides
  const std::string host(request.header("host"));
  return origin != "http://" + host && origin != "https://" + host;
}

}  // namespace greenroom::web
