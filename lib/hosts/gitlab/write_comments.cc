#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "lib/hosts/gitlab/suggestion.h"
#include "lib/hosts/gitlab/write.h"

namespace greenroom::hosts::gitlab {
namespace {

// A thread is known by its discussion, whose first note it is; everything else by its note.
Result<json::Value> note_of(const Writing& writing) {
  const auto& reference = writing.effect.host_ref;
  if (!is_sha(reference)) return writing.api.get(writing.item() + "/notes/" + reference);
  GREENROOM_TRY(discussion, writing.api.get(writing.item() + "/discussions/" + reference));
  const auto& notes = json::member(discussion, "notes");
  if (!notes.is_array() || notes.empty()) return not_found("GitLab: the thread is empty");
  return notes.front();
}

// A maintainer may edit and delete what others wrote: the bot must not.
Result<json::Value> own_note(const Writing& writing) {
  GREENROOM_TRY(note, note_of(writing));
  if (json::integer(json::member(note, "author"), "id") != writing.bot)
    return not_found("GitLab: the comment is not the bot's own");
  return note;
}

std::string path_of(const Writing& writing, const json::Value& note) {
  return writing.item() + "/notes/" + std::to_string(json::integer(note, "id"));
}

int lines_above(const json::Value& note) {
  const auto& position = json::member(note, "position");
  const auto first = json::integer(json::member(json::member(position, "line_range"), "start"), "new_line");
  return first == 0 ? 0 : static_cast<int>(json::integer(position, "new_line") - first);
}

std::string emoji_of(const std::string& reaction) {
  static const std::map<std::string, std::string> named{
      {"+1", "thumbsup"}, {"-1", "thumbsdown"}, {"hooray", "tada"}, {"laugh", "laughing"}};
  const auto found = named.find(reaction);
  return found == named.end() ? reaction : found->second;
}

}  // namespace

Result<std::string> made_note(const json::Value& note) {
  const auto id = json::integer(note, "id");
  if (id <= 0) return rejected("GitLab took the words for commands, and made no comment of them");
  return std::to_string(id);
}

Result<std::string> create_comment(const Writing& writing) {
  GREENROOM_TRY(made, writing.api.send("POST", writing.item() + "/notes", {{"body", writing.effect.body}}));
  return made_note(made);
}

Result<std::string> edit_comment(const Writing& writing) {
  GREENROOM_TRY(note, own_note(writing));
  const auto body = with_reach(writing.effect.body, lines_above(note));
  if (json::text(note, "body") == body) return std::string();
  GREENROOM_CHECK(writing.api.send("PUT", path_of(writing, note), {{"body", body}}));
  return std::string();
}

Result<std::string> delete_comment(const Writing& writing) {
  GREENROOM_TRY(note, own_note(writing));
  GREENROOM_CHECK(writing.api.send("DELETE", path_of(writing, note), {}));
  return std::string();
}

Result<std::string> react(const Writing& writing) {
  const auto emoji = emoji_of(writing.effect.name);
  const auto path = writing.item() + "/notes/" + writing.effect.host_ref;
  GREENROOM_CHECK(writing.api.get(path));
  GREENROOM_TRY(awards, writing.api.all(path + "/award_emoji"));
  const bool there = std::ranges::any_of(awards, [&](const auto& one) {
    return json::text(one, "name") == emoji && json::integer(json::member(one, "user"), "id") == writing.bot;
  });
  if (there) return std::string();
  const auto given = writing.api.send("POST", path + "/award_emoji", {{"name", emoji}});
  // A list may be older than the award; the same again is then answered with 404.
  const bool taken = !given && given.error().message.find("already been taken") != std::string::npos;
  if (!given && !taken) return tl::unexpected(given.error());
  return std::string();
}

}  // namespace greenroom::hosts::gitlab
