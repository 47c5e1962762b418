#include "lib/web/routes.h"

#include "lib/base/text.h"

namespace greenroom::web {

// The first that fits: fixed words stand before stars.
const std::vector<Route>& all_routes() {
  static const std::vector<Route> routes{
      {"/", home_page, nullptr},
      {"/people", people_page, nullptr},
      {"/health", health_page, nullptr},
      {"/setup", setup_page, nullptr},
      {"/setup/examine", nullptr, post_examine},
      {"/setup/github", setup_github_page, nullptr, post_setup_github},
      {"/setup/github/made", nullptr, nullptr, nullptr, return_from_github},
      {"/push", push_page, nullptr},
      {"/push/tokens", nullptr, nullptr, post_push_token},
      {"/push/tokens/*/revoke", nullptr, post_revoke_push_token},
      {"/practice", practice_page, post_try},
      {"/practice/*", try_page, nullptr},
      {"/practice/*/forget", nullptr, post_forget_try},
      {"/jobs/*", job_page, nullptr},
      {"/*/*/issues", issues_page, post_issue},
      {"/*/*/issues/*", issue_page, nullptr},
      {"/*/*/issues/*/comments", nullptr, post_comment},
      {"/*/*/issues/*/labels", nullptr, post_label},
      {"/*/*/issues/*/close", nullptr, post_close},
      {"/*/*/changes/*", change_page, nullptr},
      {"/*/*/changes/*/comments", nullptr, post_comment},
      {"/*/*/changes/*/threads/*", nullptr, post_thread_state},
  };
  return routes;
}

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  const auto wanted = split(pattern, '/'), given = split(path, '/');
  if (wanted.size() != given.size()) return std::nullopt;
  std::vector<std::string> words;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "*" && !given[i].empty())
      words.emplace_back(given[i]);
    else if (wanted[i] != given[i])
      return std::nullopt;
  }
  return words;
}

std::optional<Match> find_route(std::string_view path) {
  for (const Route& route : all_routes()) {
    if (auto words = match(route.pattern, path)) return Match{&route, std::move(*words)};
  }
  return std::nullopt;
}

}  // namespace greenroom::web
