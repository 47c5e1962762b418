#include "lib/web/words.h"

#include <cstdio>

#include "lib/review/unseen.h"

namespace greenroom::web {

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string span_words(Duration span) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(span).count();
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return counted(minutes, "minute", "minutes");
  if (minutes < 48 * 60) return counted(minutes / 60, "hour", "hours");
  return counted(minutes / (24 * 60), "day", "days");
}

std::string ago(TimePoint then, TimePoint now) {
  const Duration span = now - then;
  return span < std::chrono::minutes(1) ? "moments ago" : span_words(span) + " ago";
}

std::string took(TimePoint begun, TimePoint ended) {
  if (begun.time_since_epoch().count() == 0 || ended < begun) return "";
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(ended - begun).count();
  char text[32];
  if (milliseconds < 60'000)
    std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(milliseconds) / 1000);
  else
    std::snprintf(text, sizeof text, "%lld min %lld s", static_cast<long long>(milliseconds / 60'000),
                  static_cast<long long>(milliseconds / 1000 % 60));
  return text;
}

std::string short_sha(std::string_view sha) { return std::string(sha.substr(0, 10)); }

std::string name_of(std::string_view display_name, std::string_view login) {
  return std::string(display_name.empty() ? login : display_name);
}

std::string initial_of(std::string_view any_name) {
  const std::string name = review::show_unseen(any_name);  // of a mark its first sign, not all of it
  if (name.empty()) return "?";
  std::size_t bytes = 1;
  while (bytes < name.size() && (static_cast<unsigned char>(name[bytes]) & 0xC0) == 0x80) ++bytes;
  std::string initial = name.substr(0, bytes);
  if (initial.size() == 1 && initial[0] >= 'a' && initial[0] <= 'z')
    initial[0] = static_cast<char>(initial[0] - 'a' + 'A');
  return initial;
}

StateWords words_for(model::CheckState state) {
  using enum model::CheckState;
  switch (state) {
    case queued: return {"○", "waiting", "quiet"};
    case running: return {"◐", "running", "quiet"};
    case passed: return {"✓", "passed", "good"};
    case attention: return {"•", "something to look at", "look"};
    case failed: return {"✕", "failed", "wrong"};
    case incomplete: return {"◌", "did not finish", "ours"};
    case errored: return {"!", "could not run", "ours"};
    case waiting: return {"⏸", "waits for a person of the project", "quiet"};
    case skipped: return {"–", "nothing to look at", "quiet"};
    case cancelled: return {"–", "cancelled", "quiet"};
  }
  return {"?", "unknown", "quiet"};
}

}  // namespace greenroom::web
