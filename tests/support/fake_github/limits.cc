#include "tests/support/fake_github/limits.h"

#include <algorithm>

namespace greenroom::testing::fake {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int kUsual = 5000;

std::int64_t seconds(TimePoint time) {
  return std::chrono::ceil<std::chrono::seconds>(time.time_since_epoch()).count();
}

int remaining(const Limits& limits) { return limits.remaining.value_or(std::max(0, kUsual - limits.used)); }

TimePoint reset(const State& state) {
  return state.limits.remaining ? state.limits.reset : std::chrono::ceil<hours>(state.now());
}

// When the oldest of the last `count` writes leaves the window; nullopt while there is room.
std::optional<TimePoint> free_at(const std::deque<TimePoint>& writes, int count, Duration window, TimePoint now) {
  if (count == 0) return std::nullopt;
  const auto within = std::count_if(writes.begin(), writes.end(), [&](TimePoint at) { return at + window > now; });
  if (within < count) return std::nullopt;
  return writes[writes.size() - static_cast<std::size_t>(count)] + window;
}

}  // namespace

void count_request(State& state, const Actor& actor) {
  Limits& limits = state.limits;
  if (limits.remaining && state.options.clock->now() >= limits.reset) limits.remaining.reset();
  if (limits.remaining && *limits.remaining <= 0)
    throw Refusal{403, "API rate limit exceeded for " + actor.words() + ".", nullptr, {}};
  if (limits.remaining) --*limits.remaining;
  limits.used = (limits.used + 1) % kUsual;
}

void count_write(State& state) {
  Limits& limits = state.limits;
  const TimePoint now = state.options.clock->now();
  std::optional<TimePoint> until = free_at(limits.writes, limits.per_minute, minutes(1), now);
  if (const auto hour = free_at(limits.writes, limits.per_hour, hours(1), now))
    until = until ? std::max(*until, *hour) : hour;
  if (until) {
    const auto wait = std::chrono::ceil<std::chrono::seconds>(*until - now).count();
    throw Refusal{limits.status,
                  "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. "
                  "Please retry your request again later.",
                  nullptr,
                  {{"Retry-After", std::to_string(wait)}}};
  }
  limits.writes.push_back(now);
  while (limits.writes.front() + hours(1) <= now) limits.writes.pop_front();
}

Headers limit_headers(const State& state) {
  const int left = remaining(state.limits);
  return {{"X-RateLimit-Limit", std::to_string(kUsual)},
          {"X-RateLimit-Remaining", std::to_string(left)},
          {"X-RateLimit-Used", std::to_string(kUsual - left)},
          {"X-RateLimit-Reset", std::to_string(seconds(reset(state)))},
          {"X-RateLimit-Resource", "core"}};
}

Json limits_json(const State& state) {
  const int left = remaining(state.limits);
  const Json core{{"limit", kUsual}, {"remaining", left}, {"used", kUsual - left}, {"reset", seconds(reset(state))}};
  return {{"resources", {{"core", core}, {"graphql", core}}}, {"rate", core}};
}

}  // namespace greenroom::testing::fake
