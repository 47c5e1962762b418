#pragma once
// Inside of lib/web: the addresses of the dashboard. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/web/page.h"

namespace greenroom::web {

struct Route {
  std::string_view pattern;                           // "/*/*/changes/*": a star is one part of the path
  Result<Page> (*get)(const PageRequest&) = nullptr;  // nullptr: not for GET
  Result<std::string> (*post)(const PageRequest&) = nullptr;
  // A form that is answered by a page at once: what it shows exists once, and an address to go to would give it away.
  Result<Page> (*post_for_page)(const PageRequest&) = nullptr;
  // A GET to which another site sends the browser back, and which goes on at once.
  Result<std::string> (*get_and_go)(const PageRequest&) = nullptr;
};

const std::vector<Route>& all_routes();

struct Match {
  const Route* route = nullptr;
  std::vector<std::string> words;  // what the stars stood for
};
std::optional<Match> find_route(std::string_view path);
// The stars' words when the path has the pattern's shape.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path);

}  // namespace greenroom::web
