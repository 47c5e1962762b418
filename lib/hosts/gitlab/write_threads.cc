#include <nlohmann/json.hpp>

#include "lib/hosts/gitlab/position.h"
#include "lib/hosts/gitlab/suggestion.h"
#include "lib/hosts/gitlab/write.h"

namespace greenroom::hosts::gitlab {
namespace {

// The version whose head the review read, with its diffs: the newest may be another by now.
Result<json::Value> version_of(const Writing& writing) {
  const auto list = writing.item() + "/versions";
  GREENROOM_TRY(versions, writing.api.all(list));
  for (const auto& one : versions) {
    if (json::text(one, "head_commit_sha") != writing.effect.head_sha) continue;
    GREENROOM_TRY(whole, writing.api.get(list + "/" + std::to_string(json::integer(one, "id"))));
    for (const char* sha : {"base_commit_sha", "start_commit_sha", "head_commit_sha"}) whole[sha] = one.value(sha, "");
    return whole;
  }
  return rejected("GitLab: the change has no version of this head");
}

}  // namespace

Result<std::string> create_thread(const Writing& writing) {
  const auto& effect = writing.effect;
  GREENROOM_TRY(version, version_of(writing));
  GREENROOM_TRY(position, position_of(effect, version));
  const int above = effect.start_line > 0 ? effect.line - effect.start_line : 0;
  GREENROOM_TRY(made, writing.api.send("POST", writing.item() + "/discussions",
                                       {{"body", with_reach(effect.body, above)}, {"position", position}}));
  auto id = json::text(made, "id");
  if (!is_sha(id)) return in_doubt("GitLab's answer names no discussion");
  return id;
}

Result<std::string> reply_thread(const Writing& writing) {
  const auto path = writing.item() + "/discussions/" + writing.effect.host_ref + "/notes";
  GREENROOM_TRY(made, writing.api.send("POST", path, {{"body", writing.effect.body}}));
  return made_note(made);
}

Result<std::string> settle_thread(const Writing& writing, Thread wanted) {
  const auto path = writing.item() + "/discussions/" + writing.effect.host_ref;
  GREENROOM_TRY(discussion, writing.api.get(path));
  const auto& notes = json::member(discussion, "notes");
  const bool resolve = wanted == Thread::resolved;
  if (notes.is_array() && !notes.empty() && json::boolean(notes.front(), "resolved") == resolve) return std::string();
  GREENROOM_CHECK(writing.api.send("PUT", path, {{"resolved", resolve}}));
  return std::string();
}

}  // namespace greenroom::hosts::gitlab
