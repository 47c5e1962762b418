#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/hosts/github/write.h"
#include "lib/http/server.h"
#include "lib/review/review.h"

namespace greenroom::hosts::github {
namespace {

constexpr std::size_t kStatusWords = 140;  // characters of a commit status

std::string details_of(const Writing& writing) {
  const auto& path = writing.effect.details_path;
  return path.empty() || writing.dashboard_url.empty() ? std::string() : writing.dashboard_url + path;
}

bool is_of(const json::Value& object, const json::Value& wanted) {
  for (const auto& [name, value] : wanted.items()) {
    const auto& there = json::member(object, name);
    if (value.is_object() ? !is_of(there, value) : there != value) return false;
  }
  return true;
}

json::Value check_run_of(const Writing& writing) {
  const auto& effect = writing.effect;
  const auto& words = effect.description.empty() ? effect.value : effect.description;  // GitHub asks for some
  // The title is text, the summary is Markdown.
  json::Value run{{"name", effect.name}, {"output", {{"title", words}, {"summary", review::plain(words)}}}};
  if (const auto details = details_of(writing); !details.empty()) run["details_url"] = details;
  if (effect.value == "pending") {
    run["status"] = "in_progress";
    return run;
  }
  run["status"] = "completed";
  run["conclusion"] = effect.value == "error" ? "action_required" : effect.value;
  return run;
}

// A check run that is done stays done: what runs again is a new one, and the newest of a name counts.
Result<std::string> set_check_run(const Writing& writing) {
  const auto& effect = writing.effect;
  const auto list = writing.at("/commits/") + effect.head_sha +
                    "/check-runs?filter=latest&check_name=" + http::percent_encode(effect.name) +
                    "&app_id=" + std::to_string(writing.bot.app_id);
  GREENROOM_TRY(found, writing.api.all(list, writing.access.token, "check_runs"));
  auto wanted = check_run_of(writing);
  if (!found.empty()) {
    const auto& newest = found.front();
    if (is_of(newest, wanted)) return std::string();
    const bool starts_again =
        json::text(newest, "status") == "completed" && json::text(wanted, "status") != "completed";
    if (!starts_again) {
      GREENROOM_CHECK(
          writing.send("PATCH", writing.at("/check-runs/") + std::to_string(json::integer(newest, "id")), wanted));
      return std::string();
    }
  }
  wanted["head_sha"] = effect.head_sha;
  wanted["external_id"] = effect.slot;
  GREENROOM_CHECK(writing.send("POST", writing.at("/check-runs"), wanted));
  return std::string();
}

Result<std::string> set_commit_status(const Writing& writing) {
  const auto& effect = writing.effect;
  json::Value wanted{{"context", effect.name},
                     {"state", effect.value == "neutral" ? "success" : effect.value},
                     {"description", shorten(effect.description, kStatusWords)}};
  if (const auto details = details_of(writing); !details.empty()) wanted["target_url"] = details;
  GREENROOM_TRY(all, writing.api.all(writing.at("/commits/") + effect.head_sha + "/statuses", writing.access.token));
  for (const auto& one : all) {  // newest first
    if (json::text(one, "context") != effect.name) continue;
    if (is_of(one, wanted)) return std::string();
    break;
  }
  GREENROOM_CHECK(writing.send("POST", writing.at("/statuses/") + effect.head_sha, wanted));
  return std::string();
}

}  // namespace

Result<std::string> set_status(const Writing& writing) {
  return writing.bot.is_app() ? set_check_run(writing) : set_commit_status(writing);
}

}  // namespace greenroom::hosts::github
