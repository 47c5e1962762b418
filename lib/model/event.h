#pragma once
// Stage 2 of the line: the host-neutral event, the only thing behaviours see.

#include <optional>
#include <string>
#include <vector>

#include "lib/base/clock.h"
#include "lib/model/ids.h"

namespace greenroom::model {

struct Account {
  std::int64_t host_account_id = 0;  // numeric; identity. Logins change
  std::string login;
  std::string display_name;  // may be empty; then show the login
  enum class Kind { person, bot } kind = Kind::person;
};

struct RepositoryFacts {
  std::string host;
  std::int64_t host_repository_id = 0;
  std::string full_name;  // "studio/pipeline": for display only, never part of a path or URL
  std::string default_branch;
};

struct ChangeFacts {
  std::int64_t number = 0;  // the host's number of the pull or merge request
  std::string title;
  std::string description;
  std::string head_ref;  // display only
  std::string base_ref;
  std::string head_sha;  // 40 lower-case hex digits, checked by the host's parser; empty: the host did not say
  std::string base_sha;  // tip of the base branch when the event was made
  Account author;
  bool draft = false;
  bool trusted_author = false;  // the host says member/owner/collaborator
};

struct IssueFacts {
  std::int64_t number = 0;
  std::string title;
  std::string description;
  Account author;
  std::vector<std::string> labels;
};

struct CommentFacts {
  std::int64_t host_comment_id = 0;
  std::string body;
  std::string previous_body;  // set for comment_edited: only what is new counts
  enum class Place { change, issue } place = Place::change;
  std::string thread;  // host's thread reference when the comment replies inline, else empty
};

enum class EventKind {
  change_opened,
  change_updated,
  change_closed,
  change_merged,
  change_drafted,
  change_readied,
  comment_created,
  comment_edited,
  thread_resolved,
  thread_unresolved,
  issue_opened,
  issue_closed,
  issue_labeled,
  issue_unlabeled,
  rerun_requested,  // with the host's own button; its change may be known by nothing but its head_sha
  timer_due,
};

struct Event {
  TraceId trace;
  EventKind kind{};
  RepositoryFacts repository;
  Account actor;  // who did it
  std::optional<ChangeFacts> change;
  std::optional<IssueFacts> issue;
  std::optional<CommentFacts> comment;
  std::string label;  // issue_labeled / issue_unlabeled
  std::string timer;  // timer_due: the name the behaviour gave
  TimePoint at;
};

std::string_view name_of(EventKind kind);  // "change_opened"
bool is_about_change(EventKind kind);      // opened, updated, closed, merged, drafted, readied
std::optional<EventKind> event_kind_named(std::string_view name);

}  // namespace greenroom::model
