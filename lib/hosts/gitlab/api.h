#pragma once
// GitLab's REST API, version 4: token, pages, limits and errors, the same for every call. Inner to lib/hosts/gitlab.
// One thread at a time. Source: docs.gitlab.com, "REST API".
//
// Paths are made of numeric ids, SHAs and our own words: GitLab takes a project by its number, so no name is in them.

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/hosts/gitlab/answer.h"
#include "lib/http/client.h"
#include "lib/json/json.h"

namespace greenroom::hosts::gitlab {

class Api {
 public:
  // `url`: "https://gitlab.com/api/v4".
  Api(const std::string& url, Secret token, const Clock& clock);

  // The answer's body; null when it has none. `path`: "/projects/5/issues/4". Errors: not_found, rejected with GitLab's
  // words, transient (nothing happened; with the wait when GitLab said one, which every later call keeps), in_doubt (of
  // a write alone).
  Result<json::Value> get(const std::string& path);
  Result<json::Value> send(const std::string& method, const std::string& path, const json::Value& body);
  // Every row of a list, of every page.
  Result<std::vector<json::Value>> all(const std::string& path);
  // The first hundred rows of a list, and whether more follow.
  struct Page {
    std::vector<json::Value> rows;
    bool more = false;
  };
  Result<Page> first_page(const std::string& path);

  // How much longer the host wants to be left alone.
  std::chrono::seconds silence() const {
    return std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(not_before_ - clock_.now()));
  }

 private:
  Result<http::Response> ask(const std::string& method, const std::string& path, const std::string& body);
  Result<Page> page(const std::string& path, int number, int& next);

  const Clock& clock_;
  http::Client client_;
  std::string prefix_;
  Secret token_;
  TimePoint not_before_;  // GitLab asked for silence until then
};

// "https://HOST/gitlab" of "https://HOST/gitlab/api/v4": where people and git find the projects.
std::string web_url_of(const std::string& api_url);
// "studio/tools/pipeline", of GitLab's own answer: fit for a URL.
bool is_project_path(std::string_view text);
bool is_id(std::string_view text);   // decimal, as ours are
bool is_sha(std::string_view text);  // 40 lower-case hex digits; a discussion's id looks the same

}  // namespace greenroom::hosts::gitlab
