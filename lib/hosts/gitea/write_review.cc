#include <nlohmann/json.hpp>

#include "lib/hosts/gitea/threads.h"
#include "lib/hosts/gitea/write.h"

namespace greenroom::hosts::gitea {
namespace {

// What a review that broke off has left would be published with the next one. It is the bot's own by number, and nobody
// has seen it.
Result<void> delete_pending(const Writing& writing, const std::string& list) {
  GREENROOM_TRY(reviews, writing.api.all(list));
  for (const auto& review : reviews) {
    const bool mine = json::integer(json::member(review, "user"), "id") == writing.bot.account_id;
    if (!mine || json::text(review, "state") != "PENDING") continue;
    const auto gone = writing.send("DELETE", list + "/" + std::to_string(json::integer(review, "id")), {});
    if (!gone && gone.error().kind != ErrorKind::not_found) {
      // Nothing of this effect has begun: it is tried again, and looks again.
      return gone.error().kind == ErrorKind::in_doubt ? Result<void>(transient(gone.error().message))
                                                      : tl::unexpected(gone.error());
    }
  }
  return {};
}

}  // namespace

Result<std::string> publish(const Writing& writing, const json::Value& wanted) {
  const auto& target = writing.effect.target;
  GREENROOM_TRY(held, writing.lock.take({writing.bot.account_id, target.host_repository_id, target.number}));
  const auto list = writing.pull() + "/reviews";
  GREENROOM_CHECK(delete_pending(writing, list));
  json::Value review{{"event", "COMMENT"}, {"body", ""}, {"comments", {wanted}}};
  if (!writing.effect.head_sha.empty()) review["commit_id"] = writing.effect.head_sha;
  GREENROOM_TRY(made, writing.send("POST", list, review));
  // The answer does not say which comment it made.
  const auto id = json::integer(made, "id");
  const auto comments = comments_of(writing.api, list + "/" + std::to_string(id), id);
  if (!comments) return in_doubt(comments.error().message);
  for (const auto& comment : *comments)
    if (comment.author == writing.bot.account_id && comment.body == writing.effect.body)
      return std::to_string(comment.id);
  return in_doubt("Gitea: the review was written, and its comment is not there");
}

}  // namespace greenroom::hosts::gitea
