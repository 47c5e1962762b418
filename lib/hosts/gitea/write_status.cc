#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/hosts/gitea/write.h"

namespace greenroom::hosts::gitea {
namespace {

constexpr std::size_t kStatusWords = 140;  // what one line of the page shows

// A status is asked for as `state`, and shown as `status`.
bool is_of(const json::Value& there, const json::Value& wanted) {
  return json::text(there, "status") == json::text(wanted, "state") &&
         json::text(there, "description") == json::text(wanted, "description") &&
         json::text(there, "target_url") == json::text(wanted, "target_url");
}

}  // namespace

// The host keeps every status of a commit, and shows the newest of each context.
Result<std::string> set_status(const Writing& writing) {
  const auto& effect = writing.effect;
  json::Value wanted{{"context", effect.name},
                     {"state", effect.value == "neutral" ? "success" : effect.value},
                     {"description", shorten(effect.description, kStatusWords)},
                     {"target_url", ""}};
  if (!effect.details_path.empty() && !writing.dashboard_url.empty())
    wanted["target_url"] = writing.dashboard_url + effect.details_path;
  const auto path = writing.at("/statuses/") + effect.head_sha;
  GREENROOM_TRY(all, writing.api.all(path));
  const json::Value* newest = nullptr;
  for (const auto& one : all) {
    const bool newer = newest == nullptr || json::integer(one, "id") > json::integer(*newest, "id");
    if (json::text(one, "context") == effect.name && newer) newest = &one;
  }
  if (newest != nullptr && is_of(*newest, wanted)) return std::string();
  GREENROOM_CHECK(writing.send("POST", path, wanted));
  return std::string();
}

}  // namespace greenroom::hosts::gitea
