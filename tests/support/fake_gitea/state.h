#pragma once
// Inside of fake_gitea only: everything that stands on the host, and the deeds that tokens and people share. Whoever
// holds a State holds its lock.

#include <optional>

#include "tests/support/fake_gitea/fake_gitea.h"

namespace greenroom::testing::gitea {

struct Issue {
  Id id = 0, author = 0;
  std::int64_t number = 0;
  std::string title, body, head_sha;  // head_sha: of a change
  bool open = true;
  TimePoint created, updated, closed;
  std::set<std::string> labels;
  std::set<Id> assignees, reviewers;
  bool is_pull() const { return !head_sha.empty(); }
};

struct Repository {
  Id id = 0, owner = 0;
  std::string owner_login, name;
  bool is_private = true;
  std::map<Id, Role> roles;
  std::map<std::string, Id> labels;
  std::map<std::string, std::int64_t> lines;  // by path
  std::map<std::int64_t, Issue> issues;       // and changes, by number
  std::set<std::string> former_names;
  std::vector<Status> statuses;
  std::string full_name() const { return owner_login + "/" + name; }
};

struct Injected {
  Fault fault;
  Id since = 0;
};

struct State {
  FakeGiteaOptions options;
  std::string url;
  std::map<Id, std::string> users;
  std::map<std::string, Id> tokens;
  std::map<Id, Repository> repositories;
  std::map<Id, Row> rows;          // of all repositories, as on the host
  std::map<Id, Id> repository_of;  // by row and by review
  std::map<Id, Review> reviews;
  std::vector<Write> ledger;
  std::vector<Asked> requests;
  std::vector<std::string> unknown_routes;
  std::vector<Webhook> webhooks;
  std::vector<Injected> faults;
  Id last_id = 1000;

  bool forgejo() const { return options.flavour == Flavour::forgejo; }
  TimePoint now() const { return std::chrono::floor<std::chrono::seconds>(options.clock->now()); }
  Id person(const std::string& login) const;  // throws std::logic_error
  Repository& repository(Id id);              // throws std::logic_error
  Row& row_of(Id id);                         // throws std::logic_error
  Repository* find_repository(std::string_view owner, std::string_view name);
  Review* pending_of(const Repository& repository, std::int64_t number, Id author);
  bool is_pending(const Row& row) const;
  std::vector<const Row*> rows_of(const Repository& repository, std::int64_t number) const;
};

Role role_of(const Repository& repository, Id user);  // also of everyone in a public repository

// Deeds. `repository` and `issue` are of `state`.
Row& add_row(State& state, Repository& repository, Issue& issue, Row row);
Issue& open_issue(State& state, Repository& repository, Id author, const std::string& title,
                  const std::string& head_sha);
Row& say(State& state, Repository& repository, Issue& issue, Id author, const std::string& body);
void put_label(State& state, Repository& repository, Issue& issue, Id who, const std::string& label, bool on);
// Into the author's pending review, which is made when there is none.
Row& add_code(State& state, Repository& repository, Issue& issue, Id author, Row code);
// Into a review that stands, as an answer: no header of a review, and the webhook of a plain comment.
Row& answer_code(State& state, Repository& repository, Issue& issue, Id author, Row code);
// The pending review with all that is in it, whoever's request put it there; a new one when there is none. nullptr: it
// would be empty.
Review* submit_review(State& state, Repository& repository, Issue& issue, Id author, const std::string& verdict,
                      const std::string& body, const std::string& commit);

}  // namespace greenroom::testing::gitea
