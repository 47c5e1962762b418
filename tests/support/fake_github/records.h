#pragma once
// What stands on the fake GitHub, as plain values: tests read copies of these. Ids are unique over all kinds, and
// ascend with time.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/clock.h"

namespace greenroom::testing::fake {

enum class Role { none, read, triage, write, maintain, admin };
// An App's, by GitHub's words: {"pull_requests", "write"}.
using Permissions = std::map<std::string, std::string>;
using Headers = std::vector<std::pair<std::string, std::string>>;
// The files of a commit by their path; in a change of files nullopt removes one.
using Files = std::map<std::string, std::optional<std::string>>;

struct Hook {  // the App's webhook; an empty URL: it has none
  std::string url, content_type = "json";
  bool has_secret = true, insecure_ssl = false;
};
struct App {  // as its page says
  Permissions permissions;
  std::vector<std::string> events{"pull_request",
                                  "pull_request_review",
                                  "pull_request_review_comment",
                                  "pull_request_review_thread",
                                  "issue_comment",
                                  "issues",
                                  "push",
                                  "label"};
  Hook hook;
};
enum class Guard { protection, rules };  // the two ways to guard a branch

struct User {
  enum class Type { person, organisation, bot } type = Type::person;
  std::int64_t id = 0;
  std::string login;  // a bot's as REST says it: "greenroom[bot]"
};

struct Reaction {
  std::int64_t id = 0, user = 0;
  std::string content;  // "+1", "eyes", …
  TimePoint at;
};

// Where a review comment stands. Lines are 0 for none.
struct Anchor {
  std::string path, side = "RIGHT", start_side;
  int line = 0, start_line = 0;
  bool whole_file = false;
  std::string commit;
};

struct Comment {
  enum class Kind { conversation, review } kind = Kind::conversation;
  std::int64_t id = 0, number = 0, author = 0;
  std::string body;
  TimePoint created, updated;
  std::vector<Reaction> reactions;
  std::string minimized;  // the classifier, "OUTDATED"; empty: it is shown
  // Of a review's comment.
  std::int64_t review = 0, reply_to = 0;  // reply_to: the thread's first comment, 0 for that one itself
  Anchor anchor;                          // as it was made
  std::string hunk;
};

struct Review {
  std::int64_t id = 0, number = 0, author = 0;
  std::string state;  // "PENDING", "COMMENTED", "APPROVED", "CHANGES_REQUESTED", "DISMISSED"
  std::string body, commit;
  TimePoint submitted;
};

struct Thread {
  std::string id;  // GraphQL's
  std::int64_t number = 0, first_comment = 0;
  Anchor anchor;  // now: its line moves with the pushes, and is 0 once it is outdated
  bool outdated = false, resolved = false;
  std::int64_t resolved_by = 0;
  std::vector<std::int64_t> comments;
};

struct Status {
  std::int64_t id = 0, creator = 0;
  std::string sha, context, state, description, target_url;
  TimePoint at;
};

struct Annotation {
  std::string path, level, message, title, raw_details;
  int start_line = 0, end_line = 0, start_column = 0, end_column = 0;
};

struct CheckRun {
  std::int64_t id = 0, app = 0;
  std::string sha, name, status, conclusion, external_id, details_url, title, summary, text;
  std::vector<Annotation> annotations;
  TimePoint started, completed;
};

struct Pull {
  std::string head_ref, head_sha, base_ref;
  bool draft = false, merged = false, from_fork = false;
  std::vector<std::int64_t> reviewers;  // asked, and did not answer yet
};

struct Issue {
  std::int64_t id = 0, number = 0, author = 0;
  std::string title, body;
  bool open = true;
  TimePoint created, updated, closed;
  std::vector<std::string> labels;
  std::vector<std::int64_t> assignees;
  std::vector<Reaction> reactions;
  std::optional<Pull> pull;
};

// A write of a token that changed something. People's deeds are not among them.
struct Write {
  std::string method, path, body;  // as they were sent; path with its query
  std::string who;                 // "app", "installation 7", "user maya"
  std::string kind;                // "comment.create", "comment.edit", "thread.resolve", …: see docs/testing.md
  std::int64_t repository = 0, number = 0;
};

struct Asked {  // every request, whatever became of it
  std::string method, path, who;
  int status = 0;
};

struct Webhook {
  std::int64_t id = 0, repository = 0;
  std::string guid, event, action;
  Headers headers;  // X-GitHub-Event, X-GitHub-Delivery, X-Hub-Signature-256, …
  std::string body;
  TimePoint at;
  int status = 200;  // what the receiver answered; 0: nobody did
  bool redelivery = false;
};

// What goes wrong, the next `count` times that a request fits.
struct Fault {
  enum class What {
    refuse,            // answers `status` with `body`; nothing happens
    act_then_answer,   // it happens, and is answered with `status` and `body`
    act_then_hold,     // it happens, and the answer waits for release(): time to end the caller
    act_then_hang_up,  // it happens, and the connection ends within the answer
    hide_recent        // a list without what was made since the fault was injected; the caller sees no error
  } what = What::refuse;
  std::string method = {};     // empty: any
  std::string path = {};       // without query; '*' is any text: "/repos/*/issues/*/comments". Empty: any
  std::string operation = {};  // instead of a path: a field at GraphQL's root, "resolveReviewThread"
  int count = 1;
  int status = 502;
  std::string body = R"({"message":"Server Error"})";
  Headers headers = {};
};

}  // namespace greenroom::testing::fake
