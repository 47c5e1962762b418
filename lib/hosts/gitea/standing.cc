#include <nlohmann/json.hpp>

#include "lib/hosts/gitea/host.h"
#include "lib/hosts/gitea/settled.h"
#include "lib/hosts/gitea/threads.h"
#include "lib/review/review.h"

namespace greenroom::hosts::gitea {
namespace {

// What carries our marker and was written by our account. Whoever copies a marker is somebody else.
std::optional<Standing> ours(std::int64_t id, const std::string& body, const Secret& key) {
  auto slot = review::find_marker(body, key);
  if (!slot) return std::nullopt;
  return Standing{std::move(*slot), std::to_string(id), unsettled(body)};
}

}  // namespace

Result<std::vector<Standing>> GiteaHost::standing(const model::Target& target, const Secret& marker_key) {
  GREENROOM_TRY(bot, session_.bot());
  GREENROOM_TRY(access, session_.access(target.host_repository_id));
  const auto number = std::to_string(target.number);
  GREENROOM_TRY(comments, api_.whole(access.path + "/issues/" + number + "/comments"));
  std::vector<Standing> found;
  for (const auto& comment : comments) {
    if (json::integer(json::member(comment, "user"), "id") != bot.account_id) continue;
    auto one = ours(json::integer(comment, "id"), json::text(comment, "body"), marker_key);
    if (one) found.push_back(std::move(*one));
  }
  if (target.kind == model::Target::Kind::issue) return found;

  GREENROOM_TRY(threads, threads_of(api_, access, target.number));
  for (const auto& comment : threads.comments()) {
    if (comment.author != bot.account_id) continue;
    auto one = ours(comment.id, comment.body, marker_key);
    if (!one) continue;
    const auto resolver = threads.resolver_of(comment);
    one->answered = threads.holds_others(comment, bot.account_id);
    one->resolved = resolver != 0 || is_settled(comment.body);
    one->resolved_by_person = resolver != 0 && resolver != bot.account_id;
    found.push_back(std::move(*one));
  }
  return found;
}

}  // namespace greenroom::hosts::gitea
