#pragma once
// What each kind of effect is on Gitea and Forgejo. Each looks before it writes, so that the same effect again changes
// nothing. Inner to lib/hosts/gitea. Errors as Host's.

#include <string>

#include "lib/hosts/gitea/api.h"
#include "lib/hosts/gitea/review_lock.h"
#include "lib/hosts/gitea/session.h"
#include "lib/model/effect.h"

namespace greenroom::hosts::gitea {

// What this host has, as far as it was tried: a route that is not there answers 404, like a thing that is not there, so
// it is asked for what has just been read.
enum class Support { unknown, yes, no };
struct Features {
  Support resolving = Support::unknown;  // POST …/pulls/comments/{id}/resolve, in recent versions of Gitea
  Support answering = Support::unknown;  // POST …/reviews/{id}/comments, in Forgejo
  Support ranges = Support::unknown;     // `extra_lines_count`, in Forgejo from 16 on; others take it and forget it
};

struct Writing {
  Api& api;
  const Access& access;
  const Bot& bot;
  const model::Effect& effect;
  Features& features;
  ReviewLock& lock;
  std::string dashboard_url;

  std::string at(std::string_view rest) const { return access.path + std::string(rest); }
  std::string issue() const { return at("/issues/") + std::to_string(effect.target.number); }
  std::string pull() const { return at("/pulls/") + std::to_string(effect.target.number); }
  std::string comment() const { return at("/issues/comments/") + effect.host_ref; }  // inline ones, too
  Result<json::Value> send(const std::string& method, const std::string& path, const json::Value& body) const;
};

// write_comments.cc
Result<std::string> create_comment(const Writing& writing);
Result<std::string> edit_comment(const Writing& writing);
Result<std::string> delete_comment(const Writing& writing);
Result<std::string> react(const Writing& writing);
// write_review.cc: one comment on a line, as a review of its own. `wanted` is one of a review's `comments`. Its id.
Result<std::string> publish(const Writing& writing, const json::Value& wanted);
// write_threads.cc
Result<std::string> create_thread(const Writing& writing);
Result<std::string> reply_thread(const Writing& writing);
Result<std::string> resolve_thread(const Writing& writing);
Result<std::string> unresolve_thread(const Writing& writing);
// write_status.cc
Result<std::string> set_status(const Writing& writing);
// write_people.cc
Result<std::string> add_label(const Writing& writing);
Result<std::string> remove_label(const Writing& writing);
Result<std::string> assign(const Writing& writing);

// GET /users/search?uid= → the login of today, fit for a path. Errors: not_found.
Result<std::string> login_of(Api& api, std::int64_t account_id);

}  // namespace greenroom::hosts::gitea
