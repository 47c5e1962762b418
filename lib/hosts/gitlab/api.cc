#include "lib/hosts/gitlab/api.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"

namespace greenroom::hosts::gitlab {
namespace {

using std::chrono::seconds;

constexpr int kMostPages = 500;
constexpr std::string_view kHex = "0123456789abcdef";

std::size_t end_of_origin(const std::string& url) {
  const auto scheme = url.find("://");
  return std::min(url.find('/', scheme == std::string::npos ? 0 : scheme + 3), url.size());
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

Deed deed_of(const std::string& method) { return method == "GET" ? Deed::read : Deed::write; }

}  // namespace

Api::Api(const std::string& url, Secret token, const Clock& clock)
    : clock_(clock),
      client_(url.substr(0, end_of_origin(url))),
      prefix_(without_slash(url.substr(end_of_origin(url)))),
      token_(std::move(token)) {}

Result<http::Response> Api::ask(const std::string& method, const std::string& path, const std::string& body) {
  const auto now = clock_.now();
  if (now < not_before_)
    return transient("GitLab asked for a pause, which lasts another " +
                     std::to_string(std::chrono::ceil<seconds>(not_before_ - now).count()) + " s");
  http::ClientRequest request{method, prefix_ + path, {{"User-Agent", "greenroom"}}, body};
  if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_.reveal());
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  auto response = client_.send(request);
  if (!response) {
    const bool harmless = response.error().kind == ErrorKind::in_doubt && deed_of(method) == Deed::read;
    return harmless ? Result<http::Response>(transient(response.error().message)) : response;
  }
  if (response->status >= 200 && response->status < 300) return response;
  auto refusal = refusal_in(*response, deed_of(method), now);
  if (refusal.pause.count() > 0) not_before_ = now + refusal.pause;
  return tl::unexpected(std::move(refusal.error));
}

Result<json::Value> Api::get(const std::string& path) {
  GREENROOM_TRY(response, ask("GET", path, ""));
  auto body = json::parse(response.body);
  if (!body) return transient("GitLab's answer cannot be read: " + body.error().message);
  return body;
}

Result<json::Value> Api::send(const std::string& method, const std::string& path, const json::Value& body) {
  GREENROOM_TRY(response, ask(method, path, body.is_null() ? std::string() : json::dump(body)));
  if (response.body.empty()) return json::Value();
  auto answer = json::parse(response.body);
  if (!answer) return in_doubt("GitLab's answer cannot be read: " + answer.error().message);
  return answer;
}

Result<Api::Page> Api::page(const std::string& path, int number, int& next) {
  const auto query = std::string(path.find('?') == std::string::npos ? "?" : "&") + "per_page=100&page=";
  GREENROOM_TRY(response, ask("GET", path + query + std::to_string(number), ""));
  auto body = json::parse(response.body);
  if (!body || !body->is_array()) return transient("GitLab's answer is not a list");
  next = next_page_in(response);
  return Page{{body->begin(), body->end()}, next != 0};
}

Result<Api::Page> Api::first_page(const std::string& path) {
  int next = 0;
  return page(path, 1, next);
}

Result<std::vector<json::Value>> Api::all(const std::string& path) {
  std::vector<json::Value> rows;
  int number = 1;
  for (int pages = 0; pages < kMostPages; ++pages) {
    int next = 0;
    GREENROOM_TRY(one, page(path, number, next));
    rows.insert(rows.end(), one.rows.begin(), one.rows.end());
    if (!one.more) return rows;
    number = next;
  }
  return rejected("GitLab's list has more than " + std::to_string(kMostPages) + " pages");
}

std::string web_url_of(const std::string& api_url) {
  constexpr std::string_view kApi = "/api/v4";
  auto url = without_slash(api_url);
  if (url.ends_with(kApi)) url.resize(url.size() - kApi.size());
  return url;
}

bool is_project_path(std::string_view text) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  const auto parts = split(text, '/');
  return text.size() <= 1024 && parts.size() >= 2 && std::ranges::all_of(parts, [&](std::string_view part) {
           return !part.empty() && part != "." && part != ".." &&
                  part.find_first_not_of(kAllowed) == std::string_view::npos;
         });
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() < 19 && text.find_first_not_of(kHex.substr(0, 10)) == std::string_view::npos;
}

bool is_sha(std::string_view text) {
  return text.size() == 40 && text.find_first_not_of(kHex) == std::string_view::npos;
}

}  // namespace greenroom::hosts::gitlab
