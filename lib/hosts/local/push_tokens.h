#pragma once
// Push tokens that people of the practice host make for themselves. The token itself exists once, in the answer to
// make_push_token(); afterwards there is only its hash. Errors: user_fault (the words are shown), not_found, transient.

#include <cstdint>
#include <optional>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/pg/pg.h"

namespace greenroom::hosts::local {

inline constexpr int kPushTokens = 10;  // that work at one time, of one account

struct PushToken {
  std::int64_t id = 0;
  TimePoint made_at;
  std::optional<TimePoint> used_at;
};

// user_fault when the account has kPushTokens already.
Result<Secret> make_push_token(pg::Connection& db, std::int64_t account);
Result<std::vector<PushToken>> push_tokens_of(pg::Connection& db, std::int64_t account);
// From the next request of git on. not_found when the token is not this account's.
Result<void> revoke_push_token(pg::Connection& db, std::int64_t account, std::int64_t token);

}  // namespace greenroom::hosts::local
