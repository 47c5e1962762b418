#pragma once
// Inside of fake_github only: one row a route. The table is put together in answer.cc from these lists.

#include <string_view>
#include <vector>

#include "tests/support/fake_github/call.h"

namespace greenroom::testing::fake {

struct Needs {
  enum class Who { anyone, app, installation, token } who = Who::token;
  // One of these permissions, separated by '|', for an App; that role for a person. Only below a repository.
  std::string_view sections = "";
  Access access = Access::read;
  Role role = Role::read;
};

constexpr Needs reads(std::string_view sections) { return {Needs::Who::token, sections, Access::read, Role::read}; }
constexpr Needs writes(std::string_view sections, Role role = Role::read) {
  return {Needs::Who::token, sections, Access::write, role};
}

struct Route {
  std::string_view method;
  std::string_view pattern;  // "{}" is one segment, "{*}" the rest; "/repos/{}/{}" finds the repository and is no param
  Needs needs;
  Reply (*answer)(Call&);
};
using Routes = std::vector<Route>;

Routes account_routes();     // the App, installations, users, limits
Routes delivery_routes();    // what the App was told
Routes setup_routes();       // what somebody who connects a repository asks
Routes repository_routes();  // repositories, permissions, contents
Routes pull_routes();
Routes issue_routes();
Routes comment_routes();
Routes review_routes();
Routes check_routes();
Routes status_routes();
Routes people_routes();  // labels, assignees, reviewers
Routes reaction_routes();

}  // namespace greenroom::testing::fake
