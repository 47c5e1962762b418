#pragma once
// What each kind of effect is on GitHub. Each looks before it writes, so that the same effect again changes nothing.
// Inner to lib/hosts/github. Errors as Host's.

#include <string>
#include <vector>

#include "lib/hosts/github/api.h"
#include "lib/hosts/github/session.h"
#include "lib/model/effect.h"

namespace greenroom::hosts::github {

struct Writing {
  Api& api;
  const Access& access;
  const Bot& bot;
  const model::Effect& effect;
  std::string dashboard_url;

  std::string at(std::string_view rest) const { return access.path + std::string(rest); }
  std::string issue() const { return at("/issues/") + std::to_string(effect.target.number); }
  std::string pull() const { return at("/pulls/") + std::to_string(effect.target.number); }
  Result<json::Value> get(const std::string& path) const;
  Result<json::Value> send(const std::string& method, const std::string& path, const json::Value& body) const;
};

// write_comments.cc: create, edit, delete, reply, react
Result<std::string> create_comment(const Writing& writing);
Result<std::string> edit_comment(const Writing& writing);
Result<std::string> delete_comment(const Writing& writing);
Result<std::string> react(const Writing& writing);
// write_threads.cc
Result<std::string> create_thread(const Writing& writing);
// All in one review, which GitHub takes whole or not at all; their references in order. `writing.effect` is the first.
Result<std::vector<std::string>> create_threads(const Writing& writing, const std::vector<model::Effect>& threads);
Result<std::string> reply_thread(const Writing& writing);
Result<std::string> resolve_thread(const Writing& writing);
Result<std::string> unresolve_thread(const Writing& writing);
// write_status.cc
Result<std::string> set_status(const Writing& writing);
// write_people.cc
Result<std::string> add_label(const Writing& writing);
Result<std::string> remove_label(const Writing& writing);
Result<std::string> assign(const Writing& writing);

// GET /user/{id} → the login of today, fit for a path. Errors: not_found.
Result<std::string> login_of(Api& api, std::int64_t account_id, const Secret& token);

}  // namespace greenroom::hosts::github
