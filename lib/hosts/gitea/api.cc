#include "lib/hosts/gitea/api.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace greenroom::hosts::gitea {
namespace {

using std::chrono::seconds;

constexpr int kMostPages = 500;
constexpr std::string_view kPage = "limit=50";  // what both hosts give at most, unless an operator says otherwise

std::string origin_of(const std::string& url) {
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return url;
  return url.substr(0, url.find('/', scheme + 3));
}

std::string prefix_of(const std::string& url) {
  auto prefix = url.substr(std::min(origin_of(url).size(), url.size()));
  while (prefix.ends_with('/')) prefix.pop_back();
  return prefix;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 100 && text != "." && text != ".." && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

}  // namespace

Api::Api(const std::string& url, const Secret& token, const Clock& clock)
    : clock_(clock), token_(token), client_(origin_of(url)), prefix_(prefix_of(url)) {}

Result<http::Response> Api::send(const Call& call) {
  const auto now = clock_.now();
  if (now < not_before_) {
    const auto left = std::chrono::ceil<seconds>(not_before_ - now).count();
    return transient("Gitea asked for a pause, which lasts another " + std::to_string(left) + " s");
  }
  http::ClientRequest request;
  request.method = call.method;
  request.path = prefix_ + call.path;
  request.headers = {
      {"Authorization", "token " + token_.reveal()}, {"Accept", "application/json"}, {"User-Agent", "greenroom"}};
  if (!call.body.empty()) {
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = call.body;
  }
  auto response = client_.send(request);
  if (!response && response.error().kind == ErrorKind::in_doubt && call.method == "GET")
    return transient(response.error().message);
  return response;
}

tl::unexpected<Error> Api::refused(const http::Response& response, Deed deed) {
  auto refusal = refusal_in(response, deed, clock_.now());
  if (refusal.pause.count() > 0) not_before_ = clock_.now() + refusal.pause;
  stale_ = stale_ || refusal.stale;
  return tl::unexpected(std::move(refusal.error));
}

Result<json::Value> Api::body_of(const http::Response& response) const {
  if (response.body.empty()) return json::Value();
  auto value = json::parse(response.body);
  if (!value) return transient("Gitea's answer cannot be read: " + value.error().message);
  return value;
}

Result<json::Value> Api::call(const Call& call) {
  GREENROOM_TRY(response, send(call));
  const bool is_write = call.method != "GET";
  if (response.status < 200 || response.status >= 300) return refused(response, is_write ? Deed::write : Deed::read);
  auto body = body_of(response);
  if (!body && is_write) return in_doubt(body.error().message);
  return body;
}

Result<json::Value> Api::get(const std::string& path) { return call({"GET", path}); }

Result<std::vector<json::Value>> Api::all(const std::string& path) {
  const auto wanted = path + (path.find('?') == std::string::npos ? "?" : "&") + std::string(kPage) + "&page=";
  std::vector<json::Value> rows;
  std::size_t size = 1;  // of the largest page so far: what the host gives at least
  for (std::size_t page = 1; page <= kMostPages; ++page) {
    GREENROOM_TRY(response, send({"GET", wanted + std::to_string(page)}));
    if (response.status != 200) return refused(response, Deed::read);
    GREENROOM_TRY(list, body_of(response));
    if (!list.is_array() && !list.is_null()) return transient("Gitea's answer is not a list");
    size = std::max(size, list.size());
    rows.insert(rows.end(), list.begin(), list.end());
    const auto said = listing_in(response);
    if (!said.more && page * size >= static_cast<std::size_t>(said.total.value_or(0))) return rows;
  }
  return rejected("Gitea's list has more than " + std::to_string(kMostPages) + " pages");
}

Result<std::vector<json::Value>> Api::whole(const std::string& path) {
  GREENROOM_TRY(list, get(path));
  if (!list.is_array() && !list.is_null()) return transient("Gitea's answer is not a list");
  return std::vector<json::Value>(list.begin(), list.end());
}

bool is_full_name(std::string_view text) {
  const auto slash = text.find('/');
  return slash != std::string_view::npos && is_name(text.substr(0, slash)) && is_name(text.substr(slash + 1));
}

bool is_login(std::string_view text) { return is_name(text); }

}  // namespace greenroom::hosts::gitea
