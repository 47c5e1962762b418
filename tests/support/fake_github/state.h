#pragma once
// Inside of fake_github only: everything that stands on the host. Plain data and how it is found; whoever holds a State
// holds its lock.

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/support/fake_github/fake_github.h"

namespace greenroom::testing::fake {

using Id = std::int64_t;

struct Commit {
  std::string sha, parent;
  std::map<std::string, std::string> files;  // all of them
  TimePoint at;
};

struct Label {
  Id id = 0;
  std::string name;
};

struct Repository {
  Id id = 0, owner = 0;
  std::string owner_login, name, default_branch;
  bool is_private = true;
  std::int64_t next_number = 1;
  std::map<Id, Role> roles;
  std::map<std::string, Commit> commits;
  std::map<std::string, std::string> branches;
  std::map<std::string, std::vector<std::string>> protected_by, ruled_by;  // checks, by branch
  std::vector<Label> labels;
  std::map<std::int64_t, Issue> issues;  // and pulls, by number
  std::map<Id, Comment> comments;
  std::map<Id, Review> reviews;
  std::map<Id, Thread> threads;  // by the first comment
  std::vector<Status> statuses;
  std::map<Id, CheckRun> check_runs;

  std::string full_name() const { return owner_login + "/" + name; }
};

struct Installation {
  Id id = 0, account = 0;
  Permissions permissions;
  std::set<Id> repositories;  // empty: all of the account's
};

struct Token {
  enum class Kind { installation, personal } kind = Kind::personal;
  Id of = 0;                  // the installation or the user
  Permissions permissions;    // of an installation's
  std::set<Id> repositories;  // empty: all of the installation's
  std::optional<TimePoint> expires;
};

struct Limits {
  int per_minute = 0, per_hour = 0, status = 403;
  std::deque<TimePoint> writes;
  std::optional<int> remaining;  // nullopt: the usual, which no test uses up
  TimePoint reset;
  int used = 0;
};

struct Manifest {
  std::string text;
  TimePoint at;
};

struct Injected {
  Fault fault;
  Id since = 0;  // hide_recent: ids from here on are not in lists
};

struct State {
  FakeGithubOptions options;
  App app{least_permissions(), App().events, {}};
  std::string url;
  std::map<Id, User> users;
  std::map<Id, Repository> repositories;
  std::map<std::string, Id> former_names;
  std::map<Id, Installation> installations;
  std::map<std::string, Token> tokens;
  std::map<std::string, Manifest> manifests;  // by code, until it is used
  std::vector<Webhook> webhooks;
  std::size_t webhooks_sent = 0;
  int webhook_status = 200;
  std::vector<Write> ledger;
  std::vector<Asked> requests;
  std::vector<std::string> unknown_routes;
  std::vector<Injected> faults;
  Limits limits;
  Id last_id = 100'000;

  Id next_id() { return ++last_id; }
  // The host's times have whole seconds.
  TimePoint now() const;
  const User& user(Id id) const;  // GitHub's "ghost" when it is gone
  const User* find_user(std::string_view login) const;
  Id person(const std::string& login) const;  // throws std::logic_error: the test did not add it
  Repository* find_repository(std::string_view full_name);
  Repository& repository(Id id);  // throws std::logic_error
  const Repository& repository(Id id) const;
  const Installation* installation_of(const Repository& repository) const;
};

bool covers(const Installation& installation, const Repository& repository);
// A person's, with what everyone has in a public repository.
Role role_of(const Repository& repository, Id user);
bool is_collaborator(const Repository& repository, Id user);
Issue& issue_of(Repository& repository, std::int64_t number);  // throws std::logic_error
const Issue& issue_of(const Repository& repository, std::int64_t number);
Comment& comment_of(Repository& repository, Id comment);  // throws std::logic_error
Thread& thread_of(Repository& repository, Id comment);    // of any of its comments; throws std::logic_error
std::vector<Reaction>& reactions_to(Repository& repository, Id what);  // throws std::logic_error
std::string lower(std::string_view text);

}  // namespace greenroom::testing::fake
