#include <map>
#include <nlohmann/json.hpp>

#include "lib/hosts/github/host.h"
#include "lib/hosts/github/threads.h"
#include "lib/review/review.h"

namespace greenroom::hosts::github {
namespace {

std::int64_t author_of(const json::Value& comment) { return json::integer(json::member(comment, "user"), "id"); }

// What carries our marker and was written by our account. Whoever copies a marker is somebody else.
std::optional<Standing> ours(const json::Value& comment, std::int64_t bot, const Secret& key) {
  if (author_of(comment) != bot) return std::nullopt;
  auto body = json::text(comment, "body");
  auto slot = review::find_marker(body, key);
  if (!slot) return std::nullopt;
  return Standing{std::move(*slot), std::to_string(json::integer(comment, "id")), std::move(body)};
}

bool is_bot(const std::string& login, const std::string& bot) { return login == bot || login + "[bot]" == bot; }

}  // namespace

Result<std::vector<Standing>> GithubHost::standing(const model::Target& target, const Secret& marker_key) {
  GREENROOM_TRY(bot, session_.bot());
  GREENROOM_TRY(access, session_.access(target.host_repository_id));
  const auto number = std::to_string(target.number);
  GREENROOM_TRY(comments, api_.all(access.path + "/issues/" + number + "/comments", access.token));
  std::vector<Standing> found;
  for (const auto& comment : comments) {
    if (auto one = ours(comment, bot.account_id, marker_key)) found.push_back(std::move(*one));
  }
  if (target.kind == model::Target::Kind::issue) return found;

  GREENROOM_TRY(in_threads, api_.all(access.path + "/pulls/" + number + "/comments", access.token));
  std::map<std::int64_t, Thread> threads;
  std::map<std::int64_t, bool> answered;  // by the id of the first comment
  for (const auto& comment : in_threads) {
    const auto first = json::integer(comment, "in_reply_to_id");
    if (first != 0 && author_of(comment) != bot.account_id) answered[first] = true;
  }
  for (const auto& comment : in_threads) {
    auto one = ours(comment, bot.account_id, marker_key);
    if (!one) continue;
    if (threads.empty()) {
      GREENROOM_TRY(read, threads_of(api_, access, target.number));
      threads = std::move(read);
    }
    const auto id = json::integer(comment, "id");
    if (const auto thread = threads.find(id); thread != threads.end()) {
      const auto& by = thread->second.resolved_by;
      one->answered = answered.contains(id);
      one->resolved = thread->second.resolved;
      one->resolved_by_person = one->resolved && !by.empty() && !is_bot(by, bot.login);
    }
    found.push_back(std::move(*one));
  }
  return found;
}

}  // namespace greenroom::hosts::github
