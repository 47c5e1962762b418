#include <nlohmann/json.hpp>

#include "lib/hosts/github/threads.h"
#include "lib/hosts/github/write.h"

namespace greenroom::hosts::github {
namespace {

Result<std::string> set_thread(const Writing& writing, bool resolved) {
  GREENROOM_TRY(threads, threads_of(writing.api, writing.access, writing.effect.target.number));
  const auto thread = threads.find(std::stoll(writing.effect.host_ref));
  if (thread == threads.end()) return not_found("GitHub: there is no such thread");
  if (thread->second.resolved == resolved) return std::string();
  GREENROOM_CHECK(set_resolved(writing.api, writing.access, thread->second.node, resolved));
  return std::string();
}

}  // namespace

// A comment alone, not a review: a bad anchor is then this thread's fault and no other's.
Result<std::string> create_thread(const Writing& writing) {
  const auto& effect = writing.effect;
  json::Value body{{"body", effect.body}, {"commit_id", effect.head_sha}, {"path", effect.path}};
  if (effect.line == 0) {
    body["subject_type"] = "file";
  } else {
    body["line"] = effect.line;
    body["side"] = "RIGHT";
  }
  if (effect.start_line > 0) {
    body["start_line"] = effect.start_line;
    body["start_side"] = "RIGHT";
  }
  GREENROOM_TRY(made, writing.send("POST", writing.pull() + "/comments", body));
  return std::to_string(json::integer(made, "id"));
}

Result<std::string> reply_thread(const Writing& writing) {
  const auto path = writing.pull() + "/comments/" + writing.effect.host_ref + "/replies";
  GREENROOM_TRY(made, writing.send("POST", path, {{"body", writing.effect.body}}));
  return std::to_string(json::integer(made, "id"));
}

Result<std::string> resolve_thread(const Writing& writing) { return set_thread(writing, true); }
Result<std::string> unresolve_thread(const Writing& writing) { return set_thread(writing, false); }

}  // namespace greenroom::hosts::github
