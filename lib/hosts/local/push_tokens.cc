#include "lib/hosts/local/push_tokens.h"

#include "lib/base/hash.h"
#include "lib/pg/query.h"

namespace greenroom::hosts::local {
namespace {

constexpr std::string_view kPrefix =
    "grp_";  // so that people, and tools that look for secrets, know one when they see it
constexpr std::size_t kTokenBytes = 24;

}  // namespace

Result<Secret> make_push_token(pg::Connection& db, std::int64_t account) {
  const std::string token = std::string(kPrefix) + random_hex(kTokenBytes);
  GREENROOM_TRY(rows, db.run(pg::query("practice/make_push_token"), {account, to_hex(sha256(token)), kPushTokens}));
  if (rows.empty())
    return user_fault("at most " + std::to_string(kPushTokens) + " push tokens can work at one time; revoke one first");
  return Secret(token);
}

Result<std::vector<PushToken>> push_tokens_of(pg::Connection& db, std::int64_t account) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/push_tokens_of"), {account}));
  std::vector<PushToken> tokens;
  for (int i = 0; i < rows.size(); ++i)
    tokens.push_back({rows[i].integer("id"), rows[i].time("made_at"), rows[i].maybe_time("used_at")});
  return tokens;
}

Result<void> revoke_push_token(pg::Connection& db, std::int64_t account, std::int64_t token) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/revoke_push_token"), {account, token}));
  return rows.empty() ? not_found("there is no such push token of yours") : Result<void>();
}

}  // namespace greenroom::hosts::local
