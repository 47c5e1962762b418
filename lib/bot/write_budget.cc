#include "lib/bot/write_budget.h"

#include <algorithm>

namespace greenroom::bot {
namespace {

// KEYS: a hash of what each bucket holds and since when; the silence. ARGV: the reserve, then capacity and refill in a
// millisecond of each bucket. Answers the milliseconds to wait. A clock that goes back refills nothing.
constexpr std::string_view kTake = R"lua(
local silent = redis.call('PTTL', KEYS[2])
if silent > 0 then return silent end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local since = tonumber(redis.call('HGET', KEYS[1], 'at') or now)
local wait, keep, left = 0, 0, {}
for bucket = 1, (#ARGV - 1) / 2 do
  local capacity, refill = tonumber(ARGV[2 * bucket]), tonumber(ARGV[2 * bucket + 1])
  local holds = tonumber(redis.call('HGET', KEYS[1], bucket) or capacity)
  holds = math.min(capacity, holds + math.max(0, now - since) * refill)
  local needed = 1 + tonumber(ARGV[1]) * (capacity - 1)
  if holds < needed then wait = math.max(wait, math.ceil((needed - holds) / refill)) end
  keep = math.max(keep, math.ceil(capacity / refill))
  left[bucket] = holds
end
if wait > 0 then return wait end
redis.call('HSET', KEYS[1], 'at', string.format('%d', now))
for bucket, holds in ipairs(left) do redis.call('HSET', KEYS[1], bucket, string.format('%.6f', holds - 1)) end
redis.call('PEXPIRE', KEYS[1], keep)
return 0
)lua";

constexpr std::string_view kKeepSilent = R"lua(
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
return 0
)lua";

std::string budget_key(const std::string& account) { return "greenroom:writes:" + account; }
std::string silence_key(const std::string& account) { return "greenroom:silence:" + account; }

}  // namespace

Bucket bucket_of(const hosts::WriteLimit& limit) {
  const double capacity = std::max(1.0, limit.count / 5.0);
  const double seconds = std::chrono::duration<double>(limit.within).count();
  return {capacity, std::max(limit.count * 0.95 - capacity, 0.5) / seconds};
}

double reserve_of(model::Urgency urgency) {
  switch (urgency) {
    case model::Urgency::reply: return 0;
    case model::Urgency::review: return 0.1;
    case model::Urgency::sweep:
    case model::Urgency::progress: break;
  }
  return 0.5;
}

Result<WriteBudget::Milliseconds> WriteBudget::take(const std::string& account,
                                                    const std::vector<hosts::WriteLimit>& limits,
                                                    model::Urgency urgency) {
  std::vector<std::string> arguments{std::to_string(reserve_of(urgency))};
  for (const auto& limit : limits) {
    const auto bucket = bucket_of(limit);
    arguments.push_back(std::to_string(bucket.capacity));
    arguments.push_back(std::to_string(bucket.per_second / 1000));
  }
  GREENROOM_TRY(wait, redis_.number_of(kTake, {budget_key(account), silence_key(account)}, arguments));
  return Milliseconds(wait);
}

Result<void> WriteBudget::keep_silent(const std::string& account, Milliseconds span) {
  GREENROOM_CHECK(redis_.number_of(kKeepSilent, {silence_key(account)}, {std::to_string(span.count())}));
  return {};
}

}  // namespace greenroom::bot
