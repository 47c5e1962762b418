#pragma once
// Gitea's and Forgejo's REST API: headers, pages, pauses and errors, the same for every call. Inner to lib/hosts/gitea.
// Sources: docs.gitea.com, "API Usage"; forgejo.org/docs, "API Usage". One thread at a time.

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/hosts/gitea/answer.h"
#include "lib/http/client.h"
#include "lib/json/json.h"

namespace greenroom::hosts::gitea {

struct Call {
  std::string method;
  std::string path;       // "/repos/studio/pipeline/issues/4/comments": made of our own words and checked ones
  std::string body = {};  // JSON; empty: none
};

class Api {
 public:
  // `url`: "https://HOST/api/v1".
  Api(const std::string& url, const Secret& token, const Clock& clock);

  // The answer's body; null when it has none. Errors: not_found, rejected with the host's words, transient (nothing
  // happened; with the wait when a limit said one, which every later call keeps), in_doubt (of a write alone).
  Result<json::Value> call(const Call& call);
  Result<json::Value> get(const std::string& path);
  // Every row of a list, of every page. Some lists have no pages, some no Link, and some hold rows that nobody shows
  // us: a page that is short, or empty, is not the last one by that alone.
  Result<std::vector<json::Value>> all(const std::string& path);
  // Every row of a list that is whole when no page is asked for.
  Result<std::vector<json::Value>> whole(const std::string& path);

  // Whether an answer said since the last time that a name is not what it was.
  bool take_stale() { return std::exchange(stale_, false); }

  // How much longer the host wants to be left alone.
  std::chrono::seconds silence() const {
    return std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(not_before_ - clock_.now()));
  }

 private:
  Result<http::Response> send(const Call& call);
  Result<json::Value> body_of(const http::Response& response) const;
  tl::unexpected<Error> refused(const http::Response& response, Deed deed);

  const Clock& clock_;
  Secret token_;
  http::Client client_;
  std::string prefix_;
  bool stale_ = false;
  TimePoint not_before_;  // somebody asked for silence until then
};

// A path's parts that come from the host's own answers; whoever asks has checked them. "studio/pipeline", "maya".
bool is_full_name(std::string_view text);
bool is_login(std::string_view text);

}  // namespace greenroom::hosts::gitea
