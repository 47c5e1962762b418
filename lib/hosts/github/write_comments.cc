#include <nlohmann/json.hpp>

#include "lib/hosts/github/write.h"

namespace greenroom::hosts::github {
namespace {

// A comment in the conversation, or one of a thread: they are two lists, and ids of one mean nothing in the other.
Result<std::string> comment_path(const Writing& writing) {
  const bool in_thread = writing.effect.slot.starts_with("thread/");
  return writing.at(in_thread ? "/pulls/comments/" : "/issues/comments/") + writing.effect.host_ref;
}

// The comment, if it is the bot's own. An App may edit what others wrote: it must not.
Result<json::Value> own_comment(const Writing& writing, const std::string& path) {
  GREENROOM_TRY(comment, writing.get(path));
  if (json::integer(json::member(comment, "user"), "id") != writing.bot.account_id)
    return not_found("GitHub: the comment is not the bot's own");
  return comment;
}

}  // namespace

Result<json::Value> Writing::get(const std::string& path) const { return api.call({"GET", path}, access.token); }

Result<json::Value> Writing::send(const std::string& method, const std::string& path, const json::Value& body) const {
  return api.call({method, path, body.is_null() ? std::string() : json::dump(body)}, access.token);
}

Result<std::string> create_comment(const Writing& writing) {
  GREENROOM_TRY(made, writing.send("POST", writing.issue() + "/comments", {{"body", writing.effect.body}}));
  return std::to_string(json::integer(made, "id"));
}

Result<std::string> edit_comment(const Writing& writing) {
  GREENROOM_TRY(path, comment_path(writing));
  GREENROOM_TRY(comment, own_comment(writing, path));
  if (json::text(comment, "body") == writing.effect.body) return std::string();
  GREENROOM_CHECK(writing.send("PATCH", path, {{"body", writing.effect.body}}));
  return std::string();
}

Result<std::string> delete_comment(const Writing& writing) {
  GREENROOM_TRY(path, comment_path(writing));
  GREENROOM_CHECK(own_comment(writing, path));
  GREENROOM_CHECK(writing.send("DELETE", path, {}));
  return std::string();
}

// The same reaction of the same account again is answered 200 and changes nothing.
Result<std::string> react(const Writing& writing) {
  Error gone;
  for (const char* list : {"/issues/comments/", "/pulls/comments/"}) {
    const auto path = writing.at(list) + writing.effect.host_ref;
    const auto comment = writing.get(path);
    if (!comment && comment.error().kind != ErrorKind::not_found) return tl::unexpected(comment.error());
    if (!comment) {
      gone = comment.error();
      continue;
    }
    GREENROOM_CHECK(writing.send("POST", path + "/reactions", {{"content", writing.effect.name}}));
    return std::string();
  }
  return tl::unexpected(gone);
}

}  // namespace greenroom::hosts::github
