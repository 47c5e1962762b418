#include "lib/hosts/gitlab/answer.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "lib/base/text.h"
#include "lib/json/json.h"

namespace greenroom::hosts::gitlab {
namespace {

using std::chrono::seconds;

constexpr std::size_t kShown = 300;                       // bytes of GitLab's words
constexpr std::int64_t kMostSeconds = 1'000'000'000'000;  // since 1970: no header means more
constexpr seconds kUnsaid{60}, kLongest{3600};

std::optional<std::int64_t> header_number(const http::Response& response, std::string_view name) {
  const auto found =
      std::ranges::find_if(response.headers, [name](const auto& header) { return header.first == name; });
  if (found == response.headers.end() || found->second.empty()) return std::nullopt;
  const auto& text = found->second;
  std::int64_t number = 0;
  const bool whole = std::from_chars(text.data(), text.data() + text.size(), number).ptr == text.data() + text.size();
  if (!whole || number < 0 || number > kMostSeconds) return std::nullopt;
  return number;
}

// `message` is a text, or an object of fields with their complaints; sign-in says `error` instead.
std::string words_of(const http::Response& response) {
  const auto body = json::parse(response.body);
  std::string words;
  if (body && body->is_object()) {
    const auto& message = json::member(*body, "message");
    words = message.is_string() || message.is_null() ? json::text(*body, "message", json::text(*body, "error"))
                                                     : json::dump(message);
  }
  if (words.empty()) words = "status " + std::to_string(response.status);
  return "GitLab: " + shorten(scrub_utf8(words), kShown);
}

seconds pause_in(const http::Response& response, TimePoint now) {
  auto pause = kUnsaid;
  const auto reset = header_number(response, "ratelimit-reset");
  if (const auto after = header_number(response, "retry-after"))
    pause = seconds(*after);
  else if (reset && header_number(response, "ratelimit-remaining") == 0)
    pause = std::chrono::ceil<seconds>(TimePoint(seconds(*reset)) - now);
  return std::clamp(pause, seconds(1), kLongest);
}

ErrorKind kind_of(int status, Deed deed) {
  if (status == 404 || status == 410) return ErrorKind::not_found;
  if (status >= 500) return deed == Deed::write ? ErrorKind::in_doubt : ErrorKind::transient;
  return status == 401 ? ErrorKind::transient : ErrorKind::rejected;  // a token may just have been replaced
}

}  // namespace

Refusal refusal_in(const http::Response& response, Deed deed, TimePoint now) {
  auto words = words_of(response);
  const int status = response.status;
  if (status == 429 || (status == 403 && header_number(response, "retry-after"))) {
    const auto pause = pause_in(response, now);
    return {{ErrorKind::transient, words + " (it asks to wait " + std::to_string(pause.count()) + " s)", {}}, pause};
  }
  if (status >= 300 && status < 400) words += ", another address: is gitlab.api_url right?";
  return {{kind_of(status, deed), std::move(words), {}}};
}

int next_page_in(const http::Response& response) {
  constexpr std::int64_t kMostPages = 1'000'000;
  return static_cast<int>(std::min(header_number(response, "x-next-page").value_or(0), kMostPages));
}

}  // namespace greenroom::hosts::gitlab
