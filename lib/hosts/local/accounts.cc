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

namespace {

model::Account account_in(const pg::Row& row) {
  const auto kind = row.text("kind") == "bot" ? model::Account::Kind::bot : model::Account::Kind::person;
  return {row.integer("id"), row.text("login"), row.text("display_name"), kind};
}

}  // namespace

Result<Authenticated> authenticate(pg::Connection& db, std::string_view login, const Secret& token) {
  const std::string given = to_hex(sha256(token.reveal()));
  GREENROOM_TRY(rows, db.run(pg::query("practice/token_of"), {login}));
  // The same work for a login that does not exist, so that the time tells nothing.
  const std::string expected = rows.empty() ? std::string() : rows[0].text("token_sha256");
  const std::string stand_in(64, '-');
  const bool matches = equal_in_constant_time(expected.empty() ? stand_in : expected, given);
  if (matches && !expected.empty()) return Authenticated{account_in(rows[0]), TokenState::works};
  // Found by its hash: how long that takes tells nothing about the token.
  GREENROOM_TRY(own, db.run(pg::query("practice/use_push_token"), {login, given}));
  if (own.empty()) return Authenticated{std::nullopt, TokenState::unknown};
  if (own[0].boolean("revoked")) return Authenticated{std::nullopt, TokenState::revoked};
  return Authenticated{account_in(own[0]), TokenState::works};
}

Result<Permission> permission_of(pg::Connection& db, std::int64_t repository, std::int64_t account) {
  GREENROOM_TRY(actor, actor_of(db, account, repository));
  return actor.permission;
}

}  // namespace greenroom::hosts::local
