#include <nlohmann/json.hpp>

#include "lib/hosts/gitea/settled.h"
#include "lib/hosts/gitea/threads.h"
#include "lib/hosts/gitea/write.h"

namespace greenroom::hosts::gitea {
namespace {

// The words of the comment, if it is the bot's own: who may write to a repository may edit what others wrote there. An
// inline comment's route answers with nothing: it is looked for among those of the change's reviews.
Result<std::string> own_words(const Writing& writing) {
  const auto& effect = writing.effect;
  GREENROOM_TRY(comment, writing.api.get(writing.comment()));
  auto author = json::integer(json::member(comment, "user"), "id");
  auto words = json::text(comment, "body");
  if (comment.is_null() && effect.target.kind == model::Target::Kind::change) {
    GREENROOM_TRY(threads, threads_of(writing.api, writing.access, effect.target.number));
    if (const auto* found = threads.find(std::stoll(effect.host_ref))) {
      author = found->author;
      words = found->body;
    }
  }
  if (author != writing.bot.account_id) return not_found("Gitea: the comment is not the bot's own");
  return words;
}

}  // namespace

Result<json::Value> Writing::send(const std::string& method, const std::string& path, const json::Value& body) const {
  return api.call({method, path, body.is_null() ? std::string() : json::dump(body)});
}

Result<std::string> create_comment(const Writing& writing) {
  GREENROOM_TRY(made, writing.send("POST", writing.issue() + "/comments", {{"body", writing.effect.body}}));
  return std::to_string(json::integer(made, "id"));
}

Result<std::string> edit_comment(const Writing& writing) {
  GREENROOM_TRY(words, own_words(writing));
  const auto& body = writing.effect.body;
  const auto wanted = is_settled(words) ? settled(body) : body;
  if (words == wanted) return std::string();
  GREENROOM_CHECK(writing.send("PATCH", writing.comment(), {{"body", wanted}}));
  return std::string();
}

Result<std::string> delete_comment(const Writing& writing) {
  GREENROOM_CHECK(own_words(writing));
  GREENROOM_CHECK(writing.send("DELETE", writing.comment(), {}));
  return std::string();
}

// The same reaction of the same account again is answered 200 and changes nothing.
Result<std::string> react(const Writing& writing) {
  GREENROOM_CHECK(writing.send("POST", writing.comment() + "/reactions", {{"content", writing.effect.name}}));
  return std::string();
}

}  // namespace greenroom::hosts::gitea
