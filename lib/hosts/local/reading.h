#pragma once
// What the practice host's pages show. Reads only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/clock.h"
#include "lib/base/error.h"
#include "lib/model/event.h"
#include "lib/pg/pg.h"

namespace greenroom::hosts::local {

struct Item {  // a change or an issue
  std::int64_t number = 0;
  bool is_change = false;
  model::Account author;
  std::string title, description;
  std::string state;                                   // "open", "closed", "merged"
  std::string head_ref, base_ref, head_sha, base_sha;  // empty for issues
  std::string assignee;                                // a name to show; may be empty
  std::vector<std::string> labels;
  TimePoint opened_at;
  std::optional<TimePoint> closed_at;
};

struct Comment {
  std::int64_t id = 0, thread = 0;  // thread 0: in the conversation
  model::Account author;
  std::string body;
  std::string reactions;  // names, separated by spaces
  TimePoint created_at;
  std::optional<TimePoint> edited_at;
};

struct Thread {
  std::int64_t id = 0;
  std::string path;
  int line = 0, start_line = 0;
  std::string head_sha;     // head on which it was opened
  std::string resolved_by;  // a name to show; empty while it is open
  std::vector<Comment> comments;
};

struct Discussion {
  std::vector<Comment> conversation;  // oldest first
  std::vector<Thread> threads;        // by path and line
};

struct ListedItem {
  std::int64_t number = 0;
  std::string title, state, author, assignee;
  std::vector<std::string> labels;
  int comments = 0;
  TimePoint opened_at;
};

// nullopt: there is none.
Result<std::optional<model::RepositoryFacts>> find_repository(pg::Connection& db, std::string_view full_name);
Result<std::vector<model::RepositoryFacts>> all_repositories(pg::Connection& db);
Result<std::optional<Item>> find_item(pg::Connection& db, std::int64_t repository, std::int64_t number);
Result<Discussion> discussion_of(pg::Connection& db, std::int64_t repository, std::int64_t number);
Result<std::vector<ListedItem>> list_issues(pg::Connection& db, std::int64_t repository);  // newest first, at most 500

struct OutboxDepth {
  int waiting = 0, refused = 0;
};
Result<OutboxDepth> outbox_depth(pg::Connection& db);

}  // namespace greenroom::hosts::local
