#pragma once
// Inside of fake_gitea only: one request while it is answered. A refusal is thrown from wherever its rule is checked:
// the table of routes catches it.

#include <limits>

#include "lib/http/server.h"
#include "tests/support/fake_gitea/render.h"

namespace greenroom::testing::gitea {

struct Refusal {
  int status;
  std::string message;
  Headers headers = {};
};
[[noreturn]] void refuse(int status, const std::string& message);

struct Reply {
  int status = 200;
  Json body = nullptr;
  Headers headers = {};
  bool empty = false;
};
Reply ok(Json body, int status = 200);
Reply no_content();

struct Call {
  State& state;
  const http::Request& request;
  Id user = 0;                  // who asks
  Repository* there = nullptr;  // of a route below a repository
  std::vector<std::string> params;
  Json body = Json::object();
  std::optional<Injected> fault;
  enum class Half { whole, first, second } half = Half::whole;  // of a review that is held midway
  bool held = false;

  Repository& repository() const { return *there; }
  std::int64_t number(std::size_t param) const;  // 404 when it is none
  Issue& issue(std::size_t param) const;
  Issue& pull(std::size_t param) const;
  Row& row(std::size_t param) const;  // of this repository
  void needs(Role role) const;        // else 403
  void wrote(const std::string& kind) const;
  Id hide_from() const;
};

std::string text(const Json& body, const std::string& key);
std::int64_t integer(const Json& body, const std::string& key);

// Three ways of lists. services/context/pagination.go, and the handlers that forget parts of it.
Reply linked(const Call& call, const std::vector<Json>& all);   // pages, X-Total-Count and Link
Reply counted(const Call& call, const std::vector<Json>& all);  // pages and X-Total-Count; null rows are left out
Reply whole(const Call& call, const std::vector<Json>& all);    // no pages, whatever is asked for

struct Route {
  std::string_view method, pattern;  // "{}" is one segment; "/repos/{}/{}" finds the repository and is no param
  Reply (*answer)(Call&);
};
using Routes = std::vector<Route>;
Routes account_routes();
Routes issue_routes();
Routes review_routes(const State& state);
Routes people_routes();

}  // namespace greenroom::testing::gitea
