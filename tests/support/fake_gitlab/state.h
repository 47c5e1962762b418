#pragma once
// Inside of fake_gitlab only: everything that stands on the host, and how it is shown. Whoever holds a State holds its
// lock.

#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "lib/http/server.h"
#include "tests/support/fake_gitlab/fake_gitlab.h"

namespace greenroom::testing::gitlab {

using Json = nlohmann::json;

struct Commit {
  std::string parent;
  std::map<std::string, std::string> files;  // all of them
};

struct Project {
  Id id = 0;
  std::string path, visibility;
  std::map<Id, Level> levels;
  std::map<std::string, Commit> commits;
  std::map<std::string, std::string> branches;
  std::map<Id, Item> changes, issues;  // by iid
  std::vector<Status> statuses;

  std::map<Id, Item>& items(Item::Kind kind) { return kind == Item::Kind::issue ? issues : changes; }
};

struct Token {
  Id user = 0;
  std::string scope;  // "api", "read_repository"
};

struct Injected {
  Fault fault;
  Id since = 0;  // hide_recent: ids from here on are not in lists
};

struct State {
  FakeGitlabOptions options;
  std::string url;
  std::map<Id, User> users;
  std::map<Id, Project> projects;
  std::map<std::string, Token> tokens;
  std::vector<Webhook> webhooks;
  std::vector<Write> ledger;
  std::vector<Asked> requests;
  std::vector<std::string> unknown_routes;
  std::vector<Injected> faults;
  int notes_a_minute = 0;  // 0: no limit
  std::deque<TimePoint> notes;
  std::optional<int> remaining;  // requests before `reset`
  TimePoint reset, last_deed;
  Id last_id = 100'000;

  Id next_id() { return ++last_id; }
  TimePoint now() const { return options.clock->now(); }
  TimePoint deed();  // its time
  Id person(const std::string& username) const;
};

struct Found {
  Item* item = nullptr;
  Note* note = nullptr;  // the first of a discussion
};
Found find_discussion(Project& project, const std::string& discussion);
Found find_note(Project& project, Id note);

// Objects of the API. Times have milliseconds.
std::string iso(TimePoint time);
Json user_json(const State& state, Id user);
Json users_json(const State& state, const std::vector<Id>& users);
Json project_json(const Project& project);
Json item_json(const State& state, const Project& project, const Item& item);
Json note_json(const State& state, const Item& item, const Note& note);
Json discussions_json(const State& state, const Item& item);
std::string line_code(const std::string& path, int old_line, int new_line);

// What is done by a person's hand and by a token alike. Each moves the item's time and sends its webhook.
Note& add_note(State& state, Project& project, Item& item, Note note);
void set_labels(State& state, Project& project, Item& item, Id actor, const std::vector<std::string>& labels);
void set_resolved(State& state, Project& project, const std::string& discussion, Id actor, bool resolved);

// Webhooks: docs.gitlab.com, "Webhook events". `more` is merged into object_attributes, `changes` stands beside it.
void tell_item(State& state, const Project& project, const Item& item, Id actor, const Json& more,
               const Json& changes = nullptr);
void tell_note(State& state, const Project& project, const Item& item, const Note& note);

}  // namespace greenroom::testing::gitlab
