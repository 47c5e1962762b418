// Accounts, permissions and push tokens of the practice host. Only hashes of tokens are stored.

#include "lib/base/hash.h"
#include "lib/hosts/local/deed.h"
#include "lib/hosts/local/practice.h"
#include "lib/pg/query.h"

namespace greenroom::hosts::local {

Result<std::int64_t> ensure_account(pg::Connection& db, std::string_view login, std::string_view display_name,
                                    model::Account::Kind kind, const std::optional<Secret>& push_token) {
  std::optional<std::string> hash;
  if (push_token) hash = to_hex(sha256(push_token->reveal()));
  GREENROOM_TRY(rows, db.run(pg::query("practice/ensure_account"),
                             {login, display_name, kind == model::Account::Kind::bot ? "bot" : "person", hash}));
  return rows[0].integer("id");
}

Result<void> set_permission(pg::Connection& db, std::int64_t repository, std::int64_t account,
                            std::string_view permission) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/set_permission"), {repository, account, permission}));
  return {};
}

Result<std::optional<model::Account>> authenticate(pg::Connection& db, std::string_view login, const Secret& token) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/token_of"), {login}));
  // The same work for a login that does not exist, so that the time tells nothing.
  const std::string expected = rows.empty() ? std::string() : rows[0].text("token_sha256");
  const std::string stand_in(64, '-');
  const bool matches = equal_in_constant_time(expected.empty() ? stand_in : expected, to_hex(sha256(token.reveal())));
  if (!matches || expected.empty()) return std::optional<model::Account>();
  const auto kind = rows[0].text("kind") == "bot" ? model::Account::Kind::bot : model::Account::Kind::person;
  return std::optional<model::Account>(
      model::Account{rows[0].integer("id"), rows[0].text("login"), rows[0].text("display_name"), kind});
}

Result<Permission> permission_of(pg::Connection& db, std::int64_t repository, std::int64_t account) {
  GREENROOM_TRY(actor, actor_of(db, account, repository));
  return actor.permission;
}

}  // namespace greenroom::hosts::local
