#pragma once
// What stands on the fake GitLab, as plain values: tests read copies of these. Ids are unique over all kinds, and
// ascend with time.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/clock.h"

namespace greenroom::testing::gitlab {

using Id = std::int64_t;
using Headers = std::vector<std::pair<std::string, std::string>>;
// The files of a commit by their path; in a change of files nullopt removes one.
using Files = std::map<std::string, std::optional<std::string>>;

// docs.gitlab.com, "Members API": access levels.
enum Level { none = 0, guest = 10, planner = 15, reporter = 20, developer = 30, maintainer = 40, owner = 50 };

struct User {
  Id id = 0;
  std::string username;
};

struct Award {
  Id id = 0, user = 0;
  std::string name;  // "eyes", "thumbsup"
};

struct Position {
  std::string type = "text", base_sha, start_sha, head_sha, old_path, new_path;
  int old_line = 0, new_line = 0;              // 0: none
  int first_old_line = 0, first_new_line = 0;  // of the range's start; 0: a single line
};

struct Note {
  Id id = 0, author = 0;
  std::string discussion, type, body;  // type: "", "DiscussionNote", "DiffNote"
  bool system = false, internal = false;
  TimePoint created, updated;
  std::optional<Position> position;
  bool resolved = false;
  Id resolved_by = 0;
  TimePoint resolved_at;
  std::vector<Award> awards;
};

struct Version {  // of a merge request: one for each push
  Id id = 0;
  std::string head, base, start;
};

struct Event {  // of an item's labels ("add", "remove" and the label) or state ("closed", "reopened")
  Id id = 0, user = 0;
  std::string what, label;
  TimePoint at;
};

struct Item {  // a merge request or an issue: two rows of numbers
  enum class Kind { merge_request, issue } kind = Kind::issue;
  Id id = 0, iid = 0, author = 0;
  std::string title, description, state = "opened";  // "closed", "merged"
  bool draft = false, confidential = false;
  TimePoint created, updated, closed;
  std::vector<std::string> labels;
  std::vector<Id> assignees, reviewers;
  std::vector<Note> notes;
  std::vector<Event> label_events, state_events;
  std::string source_branch, target_branch;
  std::vector<Version> versions;                 // none: it is still being prepared
  std::map<std::string, std::string> old_paths;  // of renamed files, by the new path
};

struct Status {
  Id id = 0;
  std::string sha, ref, name, state, description, target_url;
};

// A write of a token that changed something. People's deeds are not among them.
struct Write {
  std::string method, path, body, who;
  std::string kind;  // "note.create", "note.edit", "discussion.resolve", …
};

struct Asked {  // every request, whatever became of it
  std::string method, path;
  int status = 0;
};

struct Webhook {
  Headers headers;
  std::string body;
};

// What goes wrong, the next `count` times that a request fits.
struct Fault {
  enum class What {
    refuse,            // answers `status` with `body`; nothing happens
    act_then_answer,   // it happens, and is answered with `status` and `body`
    act_then_hang_up,  // it happens, and the connection ends within the answer
    hide_recent        // a list without what was made since the fault was injected: a replica that lags
  } what = What::refuse;
  std::string method = {};  // empty: any
  std::string path = {};    // without query and "/api/v4"; '*' is any text. Empty: any
  int count = 1;
  int status = 502;
  std::string body = R"({"message":"502 Bad Gateway"})";
  Headers headers = {};
};

}  // namespace greenroom::testing::gitlab
