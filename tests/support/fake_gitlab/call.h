#pragma once
// Inside of fake_gitlab only: one request while it is answered. A refusal is thrown from wherever its rule is checked;
// the table of routes catches it, and nothing was changed before it.

#include <limits>
#include <string>
#include <vector>

#include "tests/support/fake_gitlab/state.h"

namespace greenroom::testing::gitlab {

struct Refusal {
  int status;
  std::string message;
  Headers headers = {};
};
[[noreturn]] void refuse(int status, const std::string& message);

struct Call {
  State& state;
  const http::Request& request;
  Id user = 0;  // whose token it is
  Project* there = nullptr;
  std::vector<std::string> params = {};  // of the route's braces, without the project
  Json body = Json::object();
  Id hide_from = std::numeric_limits<Id>::max();

  Project& project() const { return *there; }
  Level level() const;
  void needs(Level least) const;  // 403
  Id number(std::size_t param) const;
  std::string word(const std::string& member) const;  // "" when it is not there
  void wrote(const std::string& kind) const;
};

struct Reply {
  int status = 200;
  Json body = nullptr;
  Headers headers = {};
};

Reply paged(const Call& call, const Json& all);

struct Route {
  std::string method, pattern;  // "/projects/{}/merge_requests/{}/notes"
  Reply (*answer)(Call& call);
};
using Routes = std::vector<Route>;
Routes place_routes();   // places.cc: users, projects, members, branches
Routes item_routes();    // items.cc: merge requests, issues
Routes note_routes();    // notes.cc: notes, discussions, awards
Routes status_routes();  // statuses.cc

// The merge request or issue that the route's first brace names, by the word before it. 404.
Item& find_item(const Call& call);

// positions.cc: what `position` of a new discussion says. 400 as GitLab says it.
Position position_in(const Call& call, const Item& item);
Json diffs_json(const Project& project, const Item& item, const Version& version);

// answer.cc: from a request to its answer.
struct Answer {
  http::Response response;
  bool hangs_up = false;
};
Answer answer(State& state, const http::Request& request);

}  // namespace greenroom::testing::gitlab
