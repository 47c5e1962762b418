#include "lib/hosts/gitea/answer.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/json/json.h"

namespace greenroom::hosts::gitea {
namespace {

using std::chrono::seconds;

constexpr std::size_t kShown = 300;                // bytes of the host's words
constexpr std::int64_t kMost = 1'000'000'000'000;  // no header means more
constexpr seconds kSilence{60}, kLongest{3600};    // when it names no wait; when it names too long a one

std::string_view header_of(const http::Response& response, std::string_view name) {
  for (const auto& [header, value] : response.headers)
    if (header == name) return value;
  return {};
}

std::optional<std::int64_t> number_in(const http::Response& response, std::string_view name) {
  const auto value = header_of(response, name);
  std::int64_t number = 0;
  const char* end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (value.empty() || stop != end || error != std::errc() || number < 0 || number >= kMost) return std::nullopt;
  return number;
}

std::string words_of(const http::Response& response) {
  const auto value = json::parse(response.body);
  auto words = value && value->is_object() ? json::text(*value, "message") : std::string();
  if (words.empty()) words = "status " + std::to_string(response.status);
  return told(words);
}

// Proxies name the second from which they answer again as a wait or as a time.
seconds pause_in(const http::Response& response, TimePoint now) {
  auto wait = kSilence;
  const auto since_epoch = std::chrono::duration_cast<seconds>(now.time_since_epoch());
  if (const auto after = number_in(response, "retry-after"))
    wait = seconds(*after);
  else if (const auto reset = number_in(response, "x-ratelimit-reset"))
    wait = seconds(*reset) - since_epoch + seconds(1);
  return std::clamp(wait, seconds(1), kLongest);
}

bool is_limit(const http::Response& response) {
  return response.status == 429 || (response.status == 403 && number_in(response, "retry-after"));
}

}  // namespace

std::string told(std::string_view words) { return "Gitea: " + shorten(scrub_utf8(words), kShown); }

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
  if (status == 404 || status == 405 || status == 410) return make(ErrorKind::not_found, words);
  if (status >= 500) return make(deed == Deed::write ? ErrorKind::in_doubt : ErrorKind::transient, words);
  if (status == 401) return make(ErrorKind::transient, words + ": the token is refused, or has just ended");
  if (status < 300 || status >= 400) return make(ErrorKind::rejected, words);
  auto refusal = make(ErrorKind::transient, "Gitea: the repository has another name by now");
  refusal.stale = true;
  return refusal;
}

Listing listing_in(const http::Response& response) {
  return {number_in(response, "x-total-count"),
          header_of(response, "link").find("rel=\"next\"") != std::string_view::npos};
}

}  // namespace greenroom::hosts::gitea
