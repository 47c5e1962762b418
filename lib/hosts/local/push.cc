// What a push means on the practice host.

#include <algorithm>

#include "lib/base/text.h"
#include "lib/git/repository.h"
#include "lib/hosts/local/deed.h"
#include "lib/hosts/local/practice.h"
#include "lib/pg/query.h"

namespace greenroom::hosts::local {
namespace {

constexpr std::string_view kBranches = "refs/heads/";
const std::string kNothing(40, '0');

bool is_branch(const RefUpdate& update) { return update.ref.starts_with(kBranches); }
std::string branch_of(const RefUpdate& update) { return update.ref.substr(kBranches.size()); }

bool has_a_fit_name(const RefUpdate& update) {
  return is_branch(update) && update.ref.size() <= kBranchLimit + kBranches.size() && is_utf8(update.ref);
}

// Everything that the meaning of one push is worked out from.
struct Push {
  pg::Connection& db;
  const git::Repository& git;
  std::int64_t repository;
  std::string default_branch, base_sha;  // tip of the default branch; empty while it has none
  Actor pusher;
  TimePoint at;
  std::vector<model::Event> events;

  Result<void> tell(model::EventKind kind, std::int64_t number) {
    GREENROOM_TRY(subject, subject_of(db, repository, number));
    events.push_back(event_about(kind, subject, pusher, at));
    return put_outbox(db, events.back());
  }
};

struct Words {
  std::string title, description;
};

// A change is called as its newest commit.
Words words_of(const git::Repository& git, const std::string& sha, const std::string& branch) {
  const auto commit = git.commit(sha);
  const std::string message = commit ? scrub_utf8(commit->message) : std::string();
  const auto end = message.find('\n');
  Words words{shorten(trim(std::string_view(message).substr(0, end)), kTitleLimit), {}};
  if (words.title.empty()) words.title = branch;
  if (end != std::string::npos)
    words.description = shorten(trim(std::string_view(message).substr(end)), kCommentLimit / 2);
  return words;
}

Result<void> close_change(Push& push, std::int64_t number, std::string_view state, model::EventKind kind) {
  GREENROOM_TRY(closed, push.db.run(pg::query("practice/close_item"), {push.repository, number, state, push.at}));
  return closed.empty() ? Result<void>() : push.tell(kind, number);
}

Result<void> take_default_branch(Push& push, const RefUpdate& update) {
  if (update.new_sha == kNothing) return {};
  GREENROOM_TRY(open, push.db.run(pg::query("practice/open_changes_onto"), {push.repository, push.default_branch}));
  for (int i = 0; i < open.size(); ++i) {
    const auto merged = push.git.is_ancestor(open[i].text("head_sha"), update.new_sha);
    if (!merged || !*merged) continue;  // a head that was force-pushed away is no ancestor of anything
    GREENROOM_CHECK(close_change(push, open[i].integer("number"), "merged", model::EventKind::change_merged));
  }
  return {};
}

Result<void> open_change(Push& push, const std::string& branch, const std::string& head) {
  const auto contained = push.git.is_ancestor(head, push.base_sha);
  if (contained && *contained) return {};  // a branch that adds nothing yet
  const Words words = words_of(push.git, head, branch);
  GREENROOM_TRY(made, push.db.run(pg::query("practice/open_change"),
                                  {push.repository, push.pusher.account.host_account_id, words.title, words.description,
                                   branch, push.default_branch, head, push.base_sha, push.at}));
  return push.tell(model::EventKind::change_opened, made[0].integer("number"));
}

Result<void> take_branch(Push& push, const RefUpdate& update) {
  const std::string branch = branch_of(update);
  GREENROOM_TRY(open, push.db.run(pg::query("practice/open_change_of_branch"), {push.repository, branch}));
  if (update.new_sha == kNothing) {
    if (open.empty()) return {};
    return close_change(push, open[0].integer("number"), "closed", model::EventKind::change_closed);
  }
  if (push.base_sha.empty()) return {};  // nothing to compare with
  if (open.empty()) return open_change(push, branch, update.new_sha);
  const std::int64_t number = open[0].integer("number");
  GREENROOM_TRY(
      moved, push.db.run(pg::query("practice/move_change"), {push.repository, number, update.new_sha, push.base_sha}));
  return push.tell(model::EventKind::change_updated, number);
}

Result<std::string> tip_of(const git::Repository& git, const std::string& branch) {
  GREENROOM_TRY(branches, git.branches());
  for (const auto& one : branches) {
    if (one.name == std::string(kBranches) + branch) return one.sha;
  }
  return std::string();
}

Result<void> take_updates(Push& push, const std::vector<RefUpdate>& updates) {
  const std::string default_ref = std::string(kBranches) + push.default_branch;
  // The default branch first: what it merged must not be updated afterwards.
  for (const auto& update : updates) {
    if (update.ref == default_ref) GREENROOM_CHECK(take_default_branch(push, update));
  }
  for (const auto& update : updates) {
    if (update.ref != default_ref && has_a_fit_name(update)) GREENROOM_CHECK(take_branch(push, update));
  }
  return {};
}

Result<void> allow_one(pg::Connection& db, std::int64_t repository, const std::string& default_branch,
                       const Actor& actor, const RefUpdate& update) {
  if (!is_branch(update)) return rejected("only branches can be pushed here");
  if (!has_a_fit_name(update)) return rejected("a branch name is UTF-8 of at most 200 bytes here");
  const std::string branch = branch_of(update);
  // git reads "refs/heads/main" as a branch of that name before it completes "main": nobody could push main any more.
  if (branch.starts_with("refs/") || branch == "HEAD")
    return rejected("a branch cannot be called '" + branch + "' here: git would take it for another");
  if (may_write(actor)) return {};
  if (branch == default_branch) {
    return rejected("'" + branch + "' is changed by its maintainers; push a branch of your own: it becomes a change");
  }
  GREENROOM_TRY(newest, db.run(pg::query("practice/newest_change_of_branch"), {repository, branch}));
  if (newest.empty() && update.old_sha == kNothing) return {};
  if (newest.empty())
    return rejected("'" + branch + "' is there already, and no change of yours; push under another name");
  if (newest[0].integer("author_id") == actor.account.host_account_id) return {};
  return rejected("'" + branch + "' belongs to somebody else's change; push under another name");
}

}  // namespace

Result<std::vector<RefUpdate>> parse_ref_updates(std::string_view standard_input) {
  std::vector<RefUpdate> updates;
  for (const auto line : split_lines(standard_input)) {
    if (line.size() < 83 || line[40] != ' ' || line[81] != ' ' || !git::is_sha(line.substr(0, 40)) ||
        !git::is_sha(line.substr(41, 40))) {
      return user_fault("expected lines of old commit, new commit and ref, as git gives them to its hooks");
    }
    updates.push_back(
        {std::string(line.substr(0, 40)), std::string(line.substr(41, 40)), std::string(line.substr(82))});
  }
  return updates;
}

Result<void> allow_push(pg::Connection& db, std::int64_t repository, std::int64_t pusher,
                        const std::vector<RefUpdate>& updates) {
  GREENROOM_TRY(rows, db.run(pg::query("practice/repository"), {repository}));
  if (rows.empty()) return not_found("there is no such repository");
  GREENROOM_TRY(actor, actor_of(db, pusher, repository));
  for (const auto& update : updates) {
    GREENROOM_CHECK(allow_one(db, repository, rows[0].text("default_branch"), actor, update));
  }
  return {};
}

Result<std::vector<model::Event>> receive_push(pg::Connection& db, const std::string& git_directory,
                                               std::int64_t repository, std::int64_t pusher,
                                               const std::vector<RefUpdate>& updates) {
  GREENROOM_TRY(git, git::Repository::open(git_directory));
  std::vector<model::Event> events;
  GREENROOM_CHECK(db.transaction([&](pg::Connection& inside) -> Result<void> {
    GREENROOM_TRY(at, lock_repository(inside, repository));
    GREENROOM_TRY(rows, inside.run(pg::query("practice/repository"), {repository}));
    GREENROOM_TRY(actor, actor_of(inside, pusher, repository));
    Push push{inside, git, repository, rows[0].text("default_branch"), {}, actor, at, {}};
    GREENROOM_TRY(base, tip_of(git, push.default_branch));
    push.base_sha = base;
    GREENROOM_CHECK(take_updates(push, updates));
    events = std::move(push.events);
    return {};
  }));
  return events;
}

}  // namespace greenroom::hosts::local
