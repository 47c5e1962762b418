#include <map>
#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/hosts/github/threads.h"
#include "lib/hosts/github/write.h"
#include "lib/review/review.h"

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

json::Value comment_of(const model::Effect& effect) {
  json::Value comment{{"body", effect.body}, {"path", effect.path}};
  if (effect.line > 0) {
    comment["line"] = effect.line;
    comment["side"] = "RIGHT";
  }
  if (effect.start_line > 0) {
    comment["start_line"] = effect.start_line;
    comment["start_side"] = "RIGHT";
  }
  return comment;
}

// The answer to a review does not name its comments: each is told by its last line, which is its marker.
std::string marker_of(const std::string& body) {
  const auto words = trim(body);
  return std::string(words.substr(words.rfind('\n') + 1));
}

Result<std::vector<std::string>> references_of(const Writing& writing, const std::vector<model::Effect>& threads,
                                               std::int64_t review) {
  const auto list = writing.pull() + "/reviews/" + std::to_string(review) + "/comments";
  const auto comments = writing.api.all(list, writing.access.token);
  if (!comments) return in_doubt("the review was made, but not shown: " + comments.error().message);
  std::map<std::string, std::string> made;
  for (const auto& comment : *comments)
    made[marker_of(json::text(comment, "body"))] = std::to_string(json::integer(comment, "id"));
  std::vector<std::string> references;
  for (const auto& thread : threads) {
    const auto found = made.find(marker_of(thread.body));
    if (found == made.end()) return in_doubt("the review was made, but a comment of it is not shown");
    references.push_back(found->second);
  }
  return references;
}

}  // namespace

// A comment alone, not a review: a bad anchor is then this thread's fault and no other's.
Result<std::string> create_thread(const Writing& writing) {
  auto body = comment_of(writing.effect);
  body["commit_id"] = writing.effect.head_sha;
  if (writing.effect.line == 0) body["subject_type"] = "file";
  GREENROOM_TRY(made, writing.send("POST", writing.pull() + "/comments", body));
  return std::to_string(json::integer(made, "id"));
}

// GitHub asks for words over a review that neither approves nor asks for changes.
Result<std::vector<std::string>> create_threads(const Writing& writing, const std::vector<model::Effect>& threads) {
  auto comments = json::Value::array();
  for (const auto& thread : threads) comments.push_back(comment_of(thread));
  const json::Value body{{"commit_id", writing.effect.head_sha},
                         {"event", "COMMENT"},
                         {"body", review::words_over_threads(threads.size())},
                         {"comments", std::move(comments)}};
  GREENROOM_TRY(made, writing.send("POST", writing.pull() + "/reviews", body));
  return references_of(writing, threads, json::integer(made, "id"));
}

Result<std::string> reply_thread(const Writing& writing) {
  const auto path = writing.pull() + "/comments/" + writing.effect.host_ref + "/replies";
  GREENROOM_TRY(made, writing.send("POST", path, {{"body", writing.effect.body}}));
  return std::to_string(json::integer(made, "id"));
}

Result<std::string> resolve_thread(const Writing& writing) { return set_thread(writing, true); }
Result<std::string> unresolve_thread(const Writing& writing) { return set_thread(writing, false); }

}  // namespace greenroom::hosts::github
