#pragma once
// What each kind of effect is on GitLab. Each looks before it writes, so that the same effect again changes nothing.
// Inner to lib/hosts/gitlab. Errors as Host's.

#include <string>

#include "lib/hosts/gitlab/api.h"
#include "lib/model/effect.h"

namespace greenroom::hosts::gitlab {

struct Writing {
  Api& api;
  std::int64_t bot;  // its account
  const model::Effect& effect;
  std::string dashboard_url;

  std::string project() const { return "/projects/" + std::to_string(effect.target.host_repository_id); }
  bool on_issue() const { return effect.target.kind == model::Target::Kind::issue; }
  // The merge request or the issue: numbers of one mean nothing in the other.
  std::string item() const {
    return project() + (on_issue() ? "/issues/" : "/merge_requests/") + std::to_string(effect.target.number);
  }
};

// write_comments.cc
Result<std::string> create_comment(const Writing& writing);
Result<std::string> edit_comment(const Writing& writing);
Result<std::string> delete_comment(const Writing& writing);
Result<std::string> react(const Writing& writing);
// write_threads.cc
Result<std::string> create_thread(const Writing& writing);
Result<std::string> reply_thread(const Writing& writing);
enum class Thread { resolved, open };
Result<std::string> settle_thread(const Writing& writing, Thread wanted);
// write_status.cc
Result<std::string> set_status(const Writing& writing);
// write_people.cc
enum class Label { there, gone };
Result<std::string> set_label(const Writing& writing, Label wanted);
Result<std::string> assign(const Writing& writing);

// The id in what was made. GitLab answers without one when it took all words for its quick actions. Errors: rejected.
Result<std::string> made_note(const json::Value& note);

}  // namespace greenroom::hosts::gitlab
