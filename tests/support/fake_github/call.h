#pragma once
// Inside of fake_github only: one request while it is answered. A refusal is thrown from wherever its rule is checked,
// often three calls deep: the table of routes catches it, and nothing was changed before it.

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "lib/http/server.h"
#include "tests/support/fake_github/render.h"

namespace greenroom::testing::fake {

struct Refusal {
  int status;
  std::string message;
  Json errors = nullptr;
  Headers headers = {};
};
[[noreturn]] void refuse(int status, const std::string& message, Json errors = nullptr);
// 422 as REST says it: "Validation Failed", with the resource and its field.
[[noreturn]] void invalid(const std::string& resource, const std::string& field, const std::string& message);

struct Actor {
  enum class Kind { anonymous, app, installation, personal } kind = Kind::anonymous;
  Id user = 0;  // who is seen as the author
  Id installation = 0;
  Permissions permissions;    // of an installation's token
  std::set<Id> repositories;  // of an installation's token; empty: all of the account's
  std::string words() const;  // "installation 7", "user maya"
  std::string login;
};

struct Call {
  State& state;
  const http::Request& request;
  Actor actor;
  Repository* there = nullptr;      // of a route below a repository
  std::vector<std::string> params;  // of the route's braces, decoded
  Json body = Json::object();
  Id hide_from = std::numeric_limits<Id>::max();

  Repository& repository() const { return *there; }
  std::int64_t number(std::size_t param) const;  // 404 when it is none
  // Records that the token changed something.
  void wrote(const std::string& kind, std::int64_t number = 0) const;
};

struct Reply {
  int status = 200;
  Json body = nullptr;
  Headers headers = {};
  bool empty = false;  // 204
};

Reply ok(Json body, int status = 200);
Reply no_content();
// One page of them, with a Link header as `per_page` and `page` ask.
Reply paged(const Call& call, const std::vector<Json>& all);
// The same inside of an object: {"total_count": 3, "check_runs": [...]}.
Reply paged(const Call& call, const std::vector<Json>& all, const std::string& member);

// Members of the request's body. Of another type: 422.
std::string text(const Json& body, const std::string& key, const std::string& otherwise = "");
std::int64_t integer(const Json& body, const std::string& key, std::int64_t otherwise = 0);
std::vector<std::string> texts(const Json& body, const std::string& key);
// The words of a comment: there, and at most 65,536 characters.
std::string words_of(const Json& body, const std::string& resource);
std::size_t characters(std::string_view text);

// What the route is about; 404 when it is not there.
enum class Access { read, write };
Issue& find_issue(const Call& call, std::size_t param, Access access);  // also asks for the right to issues or pulls
Issue& find_pull(const Call& call, std::size_t param);
Comment& find_comment(const Call& call, std::size_t param, Comment::Kind kind);
std::string find_commit(const Call& call, std::size_t param);  // by SHA or branch

// Whether the caller may do this to what is somebody else's. False for a person without the role.
bool may(const Call& call, std::string_view section, Access access, Role role);

}  // namespace greenroom::testing::fake
