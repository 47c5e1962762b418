#include "lib/hosts/github/answer.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "lib/base/text.h"
#include "lib/json/json.h"

namespace greenroom::hosts::github {
namespace {

using std::chrono::seconds;

constexpr std::size_t kShown = 300;                       // bytes of GitHub's words
constexpr std::int64_t kMostSeconds = 1'000'000'000'000;  // since 1970: no header means more
constexpr seconds kSilence{60}, kLongest{3600};           // when it names no wait; when it names too long a one

std::optional<std::int64_t> number_in(const http::Response& response, std::string_view name) {
  for (const auto& [header, value] : response.headers) {
    std::int64_t number = 0;
    const char* end = value.data() + value.size();
    const bool whole = std::from_chars(value.data(), end, number).ptr == end && !value.empty();
    if (header == name && whole && number >= 0 && number < kMostSeconds) return number;
  }
  return std::nullopt;
}

// "<https://api.github.com/repositories/1/issues?page=2&per_page=100>; rel="next", <…>; rel="last"" → its query.
std::string next_in(const http::Response& response) {
  for (const auto& [header, value] : response.headers) {
    if (header != "link") continue;
    for (const auto part : split(value, ',')) {
      const auto query = part.find('?'), end = part.find('>');
      if (query < end && end != std::string_view::npos && part.find("rel=\"next\"", end) != std::string_view::npos)
        return std::string(part.substr(query + 1, end - query - 1));
    }
  }
  return {};
}

bool is_query(std::string_view text) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~=&%+:";
  return text.find_first_not_of(kAllowed) == std::string_view::npos;
}

// "Validation Failed: line must be part of the diff"
std::string words_of(const http::Response& response) {
  const auto value = json::parse(response.body);
  std::string words = value && value->is_object() ? json::text(*value, "message") : std::string();
  if (words.empty()) words = "status " + std::to_string(response.status);
  if (value && value->is_object()) {
    const auto& errors = json::member(*value, "errors");
    if (errors.is_array() && !errors.empty()) {
      const auto& first = errors.front();
      const auto more =
          first.is_string() ? first.get<std::string>() : json::text(first, "message", json::text(first, "code"));
      if (!more.empty()) words += ": " + more;
    }
  }
  return told(words);
}

bool is_limit(const http::Response& response) {
  if (response.status != 403 && response.status != 429) return false;
  return response.status == 429 || number_in(response, "retry-after") ||
         number_in(response, "x-ratelimit-remaining") == 0 ||
         words_of(response).find("rate limit") != std::string::npos;
}

seconds since_epoch(TimePoint time) { return std::chrono::duration_cast<seconds>(time.time_since_epoch()); }

}  // namespace

std::string told(std::string_view words) { return "GitHub: " + shorten(scrub_utf8(words), kShown); }

seconds pause_in(const http::Response& response, TimePoint now) {
  auto wait = kSilence;
  if (const auto after = number_in(response, "retry-after"))
    wait = seconds(*after);
  else if (number_in(response, "x-ratelimit-remaining") == 0 && number_in(response, "x-ratelimit-reset"))
    wait = seconds(*number_in(response, "x-ratelimit-reset")) - since_epoch(now) + seconds(1);
  return std::clamp(wait, seconds(1), kLongest);
}

Refusal refusal_in(const http::Response& response, Deed deed, TimePoint now) {
  const auto status = response.status;
  const auto words = words_of(response);
  const auto make = [](ErrorKind kind, std::string message) { return Refusal{{kind, std::move(message), {}}}; };
  if (is_limit(response)) {
    const auto pause = pause_in(response, now);
    auto refusal = make(ErrorKind::transient, words + " (it asks to wait " + std::to_string(pause.count()) + " s)");
    refusal.pause = pause;
    return refusal;
  }
  if (status == 404 || status == 410) return make(ErrorKind::not_found, words);
  if (status >= 500) return make(deed == Deed::write ? ErrorKind::in_doubt : ErrorKind::transient, words);
  const bool moved = status >= 300 && status < 400;
  if (status != 401 && !moved) return make(ErrorKind::rejected, words);
  auto refusal = make(ErrorKind::transient, moved ? "GitHub: the repository has another name by now"
                                                  : words + ": the credentials are refused, or have just ended");
  refusal.stale = true;
  return refusal;
}

Result<std::string> next_page_in(const http::Response& response) {
  auto query = next_in(response);
  if (!is_query(query)) return transient("GitHub's next page cannot be read");
  return query;
}

}  // namespace greenroom::hosts::github
