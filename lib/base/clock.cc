#include "lib/base/clock.h"

#include <array>
#include <cstdio>

namespace greenroom {
namespace {

class SystemClock final : public Clock {
 public:
  TimePoint now() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
  std::chrono::steady_clock::time_point steady() const override { return std::chrono::steady_clock::now(); }
};

// Reads up to `digits` decimal digits from the front of `text`; -1 when there is none.
int take_number(std::string_view& text, std::size_t digits) {
  int value = 0;
  std::size_t used = 0;
  while (used < digits && used < text.size() && text[used] >= '0' && text[used] <= '9') {
    value = value * 10 + (text[used++] - '0');
  }
  text.remove_prefix(used);
  return used == 0 ? -1 : value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

// "+02:00", "-05", "Z" or nothing, in minutes.
int take_offset(std::string_view& text) {
  if (text.empty() || take(text, 'Z')) return 0;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const int hours = take_number(text, 2);
  take(text, ':');
  const int minutes = text.empty() ? 0 : take_number(text, 2);
  return sign * (hours * 60 + minutes);
}

}  // namespace

const Clock& system_clock() {
  static const SystemClock clock;
  return clock;
}

std::string to_rfc3339(TimePoint time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", int{date.year()},
                unsigned{date.month()}, unsigned{date.day()}, int(clock.hours().count()), int(clock.minutes().count()),
                int(clock.seconds().count()), int(clock.subseconds().count()));
  return buffer.data();
}

Result<TimePoint> parse_time(std::string_view text) {
  const std::string original(text);
  const auto bad = [&] { return user_fault("not a time: '" + original + "'; write it like 2026-03-01T09:30:00Z"); };
  const int year = take_number(text, 4);
  if (!take(text, '-')) return bad();
  const int month = take_number(text, 2);
  if (!take(text, '-')) return bad();
  const int day = take_number(text, 2);
  if (!take(text, 'T') && !take(text, ' ')) return bad();
  const int hour = take_number(text, 2);
  if (!take(text, ':')) return bad();
  const int minute = take_number(text, 2);
  int second = 0;
  if (take(text, ':')) second = take_number(text, 2);
  int micros = 0;
  if (take(text, '.')) {
    const std::size_t before = text.size();
    micros = take_number(text, 6);
    for (std::size_t used = before - text.size(); used < 6; ++used) micros *= 10;
    while (take_number(text, 1) >= 0) {}
  }
  const int offset = take_offset(text);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{unsigned(month)},
                                         std::chrono::day{unsigned(day)}};
  if (!text.empty() || !date.ok() || hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return bad();
  }
  return TimePoint{std::chrono::sys_days{date}} + std::chrono::hours{hour} + std::chrono::minutes{minute - offset} +
         std::chrono::seconds{second} + std::chrono::microseconds{micros};
}

}  // namespace greenroom
