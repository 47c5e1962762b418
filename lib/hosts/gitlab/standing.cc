#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/gitlab/host.h"
#include "lib/review/review.h"

namespace greenroom::hosts::gitlab {
namespace {

std::int64_t id_of(const json::Value& object, std::string_view member) {
  return json::integer(json::member(object, member), "id");
}

// GitLab itself writes into threads, in the name of whoever pushed: "changed this line in version 2 of the diff".
bool is_answer(const json::Value& note, std::int64_t bot) {
  return !json::boolean(note, "system") && id_of(note, "author") != bot;
}

// What carries our marker and was written by our account. Whoever copies a marker is somebody else.
std::optional<Standing> ours(const json::Value& note, std::int64_t bot, const Secret& key) {
  if (json::boolean(note, "system") || id_of(note, "author") != bot) return std::nullopt;
  auto body = json::text(note, "body");
  auto slot = review::find_marker(body, key);
  if (!slot) return std::nullopt;
  return Standing{std::move(*slot), std::to_string(json::integer(note, "id")), std::move(body)};
}

void add_of(const json::Value& discussion, std::int64_t bot, const Secret& key, std::vector<Standing>& found) {
  const auto& notes = json::member(discussion, "notes");
  if (!notes.is_array()) return;
  for (const auto& note : notes) {
    auto one = ours(note, bot, key);
    if (!one) continue;
    // An answer turns a comment into a discussion; what we made as a thread is known by its slot.
    if (&note == &notes.front() && one->slot.starts_with("thread/")) {
      one->host_ref = json::text(discussion, "id");
      one->answered = std::any_of(notes.begin(), notes.end(), [bot](const auto& n) { return is_answer(n, bot); });
      one->resolved = json::boolean(note, "resolved");
      one->resolved_by_person = one->resolved && id_of(note, "resolved_by") != bot;
    }
    found.push_back(std::move(*one));
  }
}

}  // namespace

Result<std::vector<Standing>> GitlabHost::standing(const model::Target& target, const Secret& marker_key) {
  GREENROOM_TRY(account, bot());
  const bool on_issue = target.kind == model::Target::Kind::issue;
  GREENROOM_TRY(discussions, api_.all("/projects/" + std::to_string(target.host_repository_id) +
                                      (on_issue ? "/issues/" : "/merge_requests/") + std::to_string(target.number) +
                                      "/discussions"));
  std::vector<Standing> found;
  for (const auto& discussion : discussions) add_of(discussion, account.host_account_id, marker_key, found);
  return found;
}

}  // namespace greenroom::hosts::gitlab
