#include "lib/hosts/github/api.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace greenroom::hosts::github {
namespace {

using std::chrono::seconds;

constexpr int kMostPages = 500;

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

// GitHub Enterprise Server has REST at /api/v3 and GraphQL at /api/graphql.
std::string graphql_of(const std::string& prefix) {
  constexpr std::string_view kRest = "/v3";
  return (prefix.ends_with(kRest) ? prefix.substr(0, prefix.size() - kRest.size()) : prefix) + "/graphql";
}

bool is_made_of(std::string_view text, std::string_view more) {
  return !text.empty() && text.size() <= 100 && std::ranges::all_of(text, [more](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
  });
}

}  // namespace

Api::Api(const std::string& url, const Clock& clock)
    : clock_(clock), client_(origin_of(url)), prefix_(prefix_of(url)), graphql_path_(graphql_of(prefix_)) {}

Result<http::Response> Api::send(const Call& call, const std::string& path, const Secret& token) {
  const auto now = clock_.now();
  if (now < not_before_) {
    const auto left = std::chrono::ceil<seconds>(not_before_ - now).count();
    return transient("GitHub asked for a pause, which lasts another " + std::to_string(left) + " s");
  }
  http::ClientRequest request;
  request.method = call.method;
  request.path = path;
  request.headers = {
      {"Accept", "application/vnd.github+json"}, {"X-GitHub-Api-Version", "2022-11-28"}, {"User-Agent", "greenroom"}};
  if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token.reveal());
  if (!call.body.empty()) {
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = call.body;
  }
  auto response = client_.send(request);
  const bool is_write = call.method != "GET";
  if (!response && response.error().kind == ErrorKind::in_doubt && !is_write)
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
  if (!value) return transient("GitHub's answer cannot be read: " + value.error().message);
  return value;
}

Result<json::Value> Api::call(const Call& call, const Secret& token) {
  GREENROOM_TRY(response, send(call, prefix_ + call.path, token));
  const bool is_write = call.method != "GET";
  if (response.status < 200 || response.status >= 300) return refused(response, is_write ? Deed::write : Deed::read);
  auto body = body_of(response);
  if (!body && is_write) return in_doubt(body.error().message);
  return body;
}

Result<json::Value> Api::page(const std::string& path, const Secret& token, std::string& next) {
  GREENROOM_TRY(response, send({"GET", path}, prefix_ + path, token));
  if (response.status != 200) return refused(response, Deed::read);
  GREENROOM_TRY(further, next_page_in(response));
  next = std::move(further);
  return body_of(response);
}

// A page may hold fewer rows than were asked for although more follow: the Link header alone says so.
Result<std::vector<json::Value>> Api::all(const std::string& path, const Secret& token, std::string_view member) {
  const auto plain = path.substr(0, path.find('?'));
  auto wanted = path + (plain.size() == path.size() ? "?" : "&") + "per_page=100";
  std::vector<json::Value> rows;
  for (int number = 0; number < kMostPages; ++number) {
    std::string next;
    GREENROOM_TRY(body, page(wanted, token, next));
    const auto& list = member.empty() ? body : json::member(body, member);
    if (!list.is_array()) return transient("GitHub's answer is not a list");
    rows.insert(rows.end(), list.begin(), list.end());
    if (next.empty()) return rows;
    wanted = plain + "?" + next;
  }
  return rejected("GitHub's list has more than " + std::to_string(kMostPages) + " pages");
}

Result<json::Value> Api::graphql(std::string_view query, const json::Value& variables, const Secret& token) {
  const bool is_write = query.starts_with("mutation");
  const Call call{"POST", graphql_path_, json::dump({{"query", query}, {"variables", variables}})};
  auto response = send(call, graphql_path_, token);
  if (!response) {
    const bool harmless = response.error().kind == ErrorKind::in_doubt && !is_write;
    return harmless ? Result<json::Value>(transient(response.error().message)) : tl::unexpected(response.error());
  }
  if (response->status != 200) return refused(*response, is_write ? Deed::write : Deed::read);
  GREENROOM_TRY(body, body_of(*response));
  const auto& errors = json::member(body, "errors");
  if (!errors.is_array() || errors.empty()) return json::member(body, "data");
  const auto type = json::text(errors.front(), "type");
  const auto words = told(json::text(errors.front(), "message"));
  if (type == "NOT_FOUND") return not_found(words);
  if (type == "RATE_LIMITED") {
    not_before_ = clock_.now() + pause_in(*response, clock_.now());
    return transient(words);
  }
  return rejected(words);
}

bool is_full_name(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const auto owner = text.substr(0, slash), name = text.substr(slash + 1);
  return is_made_of(owner, "-_") && is_made_of(name, "-_.") && name != "." && name != "..";
}

bool is_login(std::string_view text) {
  constexpr std::string_view kBot = "[bot]";
  if (text.ends_with(kBot)) text.remove_suffix(kBot.size());
  return is_made_of(text, "-_");
}

}  // namespace greenroom::hosts::github
