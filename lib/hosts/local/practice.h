#pragma once
// The practice git host's own side: what people do on it. It keeps its state in local_host.* and tells Greenroom by
// signed webhook, like any host. Kept small on purpose: bare repositories, branches as changes, comments, issues.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"
#include "lib/base/secret.h"
#include "lib/model/event.h"
#include "lib/pg/pg.h"

namespace greenroom::hosts::local {

struct RefUpdate {  // one line of post-receive's standard input
  std::string old_sha, new_sha, ref;
};

// Accounts and repositories, for `greenroom up`, tests and the practice page.
Result<std::int64_t> ensure_account(pg::Connection& db, std::string_view login, std::string_view display_name,
                                    model::Account::Kind kind, const std::optional<Secret>& push_token);
// Makes the bare repository <git_root>/<id>.git with our post-receive hook (which runs `greenroom_program hook …`),
// when it is not there. Returns its id.
Result<std::int64_t> ensure_repository(pg::Connection& db, const std::string& git_root, std::string_view full_name,
                                       std::string_view default_branch, const std::string& greenroom_program);
Result<void> set_permission(pg::Connection& db, std::int64_t repository, std::int64_t account, std::string_view permission);
// The account that this login and push token belong to; nullopt when they do not match. Constant time.
Result<std::optional<model::Account>> authenticate(pg::Connection& db, std::string_view login, const Secret& token);

// What a push means: a branch beside the default branch opens or updates a change, a deleted one closes it, a push of
// the default branch that contains a change's head merges it. Writes local_host.item and returns the events to send,
// in order. `git_directory` is read through lib/git.
Result<std::vector<model::Event>> receive_push(pg::Connection& db, const std::string& git_directory,
                                               std::int64_t repository, std::int64_t pusher,
                                               const std::vector<RefUpdate>& updates);

// What people do on the page. Each returns the event to send.
Result<model::Event> write_comment(pg::Connection& db, std::int64_t repository, std::int64_t number, std::int64_t author,
                                   std::string_view body, std::optional<std::int64_t> thread);
Result<model::Event> resolve_thread(pg::Connection& db, std::int64_t thread, std::int64_t account, bool resolved);
Result<model::Event> open_issue(pg::Connection& db, std::int64_t repository, std::int64_t author, std::string_view title,
                                std::string_view description);

// Signs and posts to <webhook_url>/hooks/local; tries three times. An error means that the poller will find it later.
Result<void> send_event(const model::Event& event, const std::string& webhook_url, const Secret& secret);

}  // namespace greenroom::hosts::local
