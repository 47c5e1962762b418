#pragma once
// GitHub's REST and GraphQL API: headers, pages, limits and errors, the same for every call. Inner to lib/hosts/github.
// Sources: docs.github.com, "Getting started with the REST API", "Using pagination", "Rate limits for the REST API",
// "Forming calls with GraphQL". One thread at a time.

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/hosts/github/answer.h"
#include "lib/http/client.h"
#include "lib/json/json.h"

namespace greenroom::hosts::github {

struct Call {
  std::string method;
  std::string path;  // "/repos/studio/pipeline/issues/4/comments?per_page=100": made of our own words and checked ones
  std::string body = {};  // JSON; empty: none
};

class Api {
 public:
  // `url`: "https://api.github.com"; of GitHub Enterprise Server "https://HOST/api/v3".
  Api(const std::string& url, const Clock& clock);

  // The answer's body; null when it has none. Errors: not_found, rejected with GitHub's words, transient (nothing
  // happened; with the wait when GitHub said one, which every later call keeps), in_doubt (of a write alone).
  Result<json::Value> call(const Call& call, const Secret& token);
  // One page of a list; `next` becomes the query of the one behind it, "" at the end.
  Result<json::Value> page(const std::string& path, const Secret& token, std::string& next);
  // Every row of a list, of every page; `member` holds the list when it does not stand alone.
  Result<std::vector<json::Value>> all(const std::string& path, const Secret& token, std::string_view member = "");
  // `data`. GraphQL answers 200 with its errors; they are told apart by their type.
  Result<json::Value> graphql(std::string_view query, const json::Value& variables, const Secret& token);

  // Whether an answer said since the last time that names or tokens are not what they were.
  bool take_stale() { return std::exchange(stale_, false); }

  // How much longer GitHub wants to be left alone.
  std::chrono::seconds silence() const {
    return std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(not_before_ - clock_.now()));
  }

 private:
  Result<http::Response> send(const Call& call, const std::string& path, const Secret& token);
  Result<json::Value> body_of(const http::Response& response) const;
  tl::unexpected<Error> refused(const http::Response& response, Deed deed);

  const Clock& clock_;
  http::Client client_;
  std::string prefix_, graphql_path_;
  bool stale_ = false;
  TimePoint not_before_;  // GitHub asked for silence until then
};

// A path's parts that come from GitHub's own answers; whoever asks has checked them. "studio/pipeline", "maya".
bool is_full_name(std::string_view text);
bool is_login(std::string_view text);  // also of bots: "greenroom[bot]"

}  // namespace greenroom::hosts::github
