#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/gitea/settled.h"
#include "lib/hosts/gitea/threads.h"
#include "lib/hosts/gitea/write.h"

namespace greenroom::hosts::gitea {
namespace {

struct Own {
  std::string words;
  std::int64_t review = 0;  // of an inline comment
};

// The comment, if it is the bot's own: who may write to a repository may edit what others wrote there. An inline
// comment's route answers with nothing: it is looked for among those of the change's reviews.
Result<Own> own_comment(const Writing& writing) {
  const auto& effect = writing.effect;
  GREENROOM_TRY(comment, writing.api.get(writing.comment()));
  auto author = json::integer(json::member(comment, "user"), "id");
  Own own{json::text(comment, "body")};
  if (comment.is_null() && effect.target.kind == model::Target::Kind::change) {
    GREENROOM_TRY(threads, threads_of(writing.api, writing.access, effect.target.number));
    if (const auto* found = threads.find(std::stoll(effect.host_ref))) {
      author = found->author;
      own = {found->body, found->review};
    }
  }
  if (author != writing.bot.account_id) return not_found("Gitea: the comment is not the bot's own");
  return own;
}

// The route of plain comments says that it deleted an inline one, and does nothing. Forgejo has a route for these; on
// Gitea the review goes, if there is nothing else in it.
Result<void> delete_inline(const Writing& writing, std::int64_t review) {
  const auto path = writing.pull() + "/reviews/" + std::to_string(review);
  const auto gone = writing.send("DELETE", path + "/comments/" + writing.effect.host_ref, {});
  if (gone) return {};
  if (gone.error().kind != ErrorKind::not_found) return tl::unexpected(gone.error());
  GREENROOM_TRY(comments, comments_of(writing.api, path, review));
  const auto wanted = std::stoll(writing.effect.host_ref);
  if (std::ranges::none_of(comments, [&](const auto& one) { return one.id == wanted; }))
    return not_found("Gitea: the comment is gone");
  if (comments.size() > 1) return rejected("Gitea: the comment was answered, and cannot be deleted by itself");
  GREENROOM_CHECK(writing.send("DELETE", path, {}));
  return {};
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
  GREENROOM_TRY(own, own_comment(writing));
  const auto& body = writing.effect.body;
  const auto wanted = is_settled(own.words) ? settled(body) : body;
  if (own.words == wanted) return std::string();
  GREENROOM_CHECK(writing.send("PATCH", writing.comment(), {{"body", wanted}}));
  return std::string();
}

Result<std::string> delete_comment(const Writing& writing) {
  GREENROOM_TRY(own, own_comment(writing));
  if (own.review != 0)
    GREENROOM_CHECK(delete_inline(writing, own.review));
  else
    GREENROOM_CHECK(writing.send("DELETE", writing.comment(), {}));
  return std::string();
}

// The same reaction of the same account again is answered 200 and changes nothing.
Result<std::string> react(const Writing& writing) {
  GREENROOM_CHECK(writing.send("POST", writing.comment() + "/reactions", {{"content", writing.effect.name}}));
  return std::string();
}

}  // namespace greenroom::hosts::gitea
