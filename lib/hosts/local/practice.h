#pragma once
// The practice git host's own side: what people do on it. It keeps its state in local_host.* and tells Greenroom by
// signed webhook, like any host. Kept small on purpose: bare repositories, branches as changes, comments, issues.
//
// Every deed is one transaction that also writes the event to local_host.outbox; send_waiting() brings it to the
// webhook. So an event is lost only with the deed itself, and told at least once: the ingress stores a meaning once.
// Errors: user_fault (the words are shown to the person), rejected (they may not), not_found, transient.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/hosts/host.h"
#include "lib/model/event.h"
#include "lib/pg/pg.h"

namespace greenroom::hosts::local {

inline constexpr std::size_t kCommentLimit = 64 * 1024;  // bytes
inline constexpr std::size_t kTitleLimit = 200;
inline constexpr std::size_t kLabelLimit = 50;
inline constexpr std::size_t kBranchLimit = 200;

struct RefUpdate {  // one line of a receive hook's standard input
  std::string old_sha, new_sha, ref;
};
// Hostile text. Errors: user_fault when a line is not "<old> <new> <ref>".
Result<std::vector<RefUpdate>> parse_ref_updates(std::string_view standard_input);

// --- Accounts and repositories, for `greenroom seed`, tests and the practice page ----------------------------------
// Makes the account or changes its name; a token that is given replaces the old one, none leaves it.
Result<std::int64_t> ensure_account(pg::Connection& db, std::string_view login, std::string_view display_name,
                                    model::Account::Kind kind, const std::optional<Secret>& push_token);
// Makes the bare repository <git_root>/<id>.git when it is not there, and its receive hooks (which run
// `greenroom_program hook …`) anew. Returns its id. The name never becomes a path.
Result<std::int64_t> ensure_repository(pg::Connection& db, const std::string& git_root, std::string_view full_name,
                                       std::string_view default_branch, const std::string& greenroom_program);
std::string repository_directory(const std::string& git_root, std::int64_t repository);
Result<void> set_permission(pg::Connection& db, std::int64_t repository, std::int64_t account,
                            std::string_view permission);
enum class TokenState { works, revoked, unknown };
struct Authenticated {
  std::optional<model::Account> account;  // nullopt unless the token works
  TokenState token = TokenState::unknown;
};
// The account that this login and push token belong to: the one that `seed` gave it, or one of its own
// (push_tokens.h). Constant time.
Result<Authenticated> authenticate(pg::Connection& db, std::string_view login, const Secret& token);

// --- Pushes --------------------------------------------------------------------------------------------------------
// Before anything is written: only branches, with names that are short UTF-8; the default branch and other people's
// changes only by those who may write. Errors: rejected, with the words that git shows to the person.
Result<void> allow_push(pg::Connection& db, std::int64_t repository, std::int64_t pusher,
                        const std::vector<RefUpdate>& updates);
// What a push means: a branch beside the default branch opens or updates a change, a deleted one closes it, a push of
// the default branch that contains a change's head merges it. Returns the events in order. `git_directory` is read
// through lib/git.
Result<std::vector<model::Event>> receive_push(pg::Connection& db, const std::string& git_directory,
                                               std::int64_t repository, std::int64_t pusher,
                                               const std::vector<RefUpdate>& updates);

// --- What people do on the pages. Each returns the event that it put into the outbox --------------------------------
Result<model::Event> write_comment(pg::Connection& db, std::int64_t repository, std::int64_t number,
                                   std::int64_t author, std::string_view body, std::optional<std::int64_t> thread);
// The change's author, and whoever may triage. user_fault when it is so already, not_found for a thread of another
// change.
Result<model::Event> resolve_thread(pg::Connection& db, std::int64_t repository, std::int64_t number,
                                    std::int64_t thread, std::int64_t account, bool resolved);
Result<model::Event> open_issue(pg::Connection& db, std::int64_t repository, std::int64_t author,
                                std::string_view title, std::string_view description);
// Issues only; whoever may triage. user_fault when it is so already.
Result<model::Event> set_label(pg::Connection& db, std::int64_t repository, std::int64_t number, std::int64_t account,
                               std::string_view label, bool present);
// The author, and whoever may triage.
Result<model::Event> close_issue(pg::Connection& db, std::int64_t repository, std::int64_t number,
                                 std::int64_t account);

Result<Permission> permission_of(pg::Connection& db, std::int64_t repository, std::int64_t account);

// --- Telling Greenroom ---------------------------------------------------------------------------------------------
// Signs and posts to <webhook_url>/hooks/local. Errors: transient (try later), rejected (the secret is not the
// webhook's), user_fault (it can never be taken; the webhook's words).
Result<void> send_event(const model::Event& event, const std::string& webhook_url, const Secret& secret);
// Sends what waits in the outbox, oldest first, until it is empty or the webhook does not answer. Returns how many
// went out. Several processes may call it at one time.
Result<int> send_waiting(pg::Connection& db, const std::string& webhook_url, const Secret& secret);

}  // namespace greenroom::hosts::local
