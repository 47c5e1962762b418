#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/hosts/gitlab/write.h"
#include "lib/http/server.h"

namespace greenroom::hosts::gitlab {
namespace {

constexpr std::size_t kWords = 255;  // of a description

std::string state_of(const std::string& value) {
  if (value == "pending") return "running";
  return value == "failure" || value == "error" ? "failed" : "success";  // GitLab knows no neutral
}

Result<json::Value> newest(const Writing& writing) {
  const auto& effect = writing.effect;
  GREENROOM_TRY(all, writing.api.all(writing.project() + "/repository/commits/" + effect.head_sha +
                                     "/statuses?name=" + http::percent_encode(effect.name)));
  const json::Value* found = nullptr;
  for (const auto& one : all) {
    const bool newer = found == nullptr || json::integer(one, "id") > json::integer(*found, "id");
    if (json::text(one, "name") == effect.name && newer) found = &one;
  }
  return found == nullptr ? json::Value() : *found;
}

bool says(const json::Value& there, const json::Value& wanted) {
  return json::text(there, "status") == json::text(wanted, "state") &&
         json::text(there, "description") == json::text(wanted, "description") &&
         json::text(there, "target_url") == json::text(wanted, "target_url");
}

// Commits of a fork are on no branch of the project: without a ref GitLab knows no place for their status.
Result<std::string> ref_of(const Writing& writing) {
  if (writing.on_issue()) return std::string();
  GREENROOM_TRY(change, writing.api.get(writing.item()));
  return json::text(change, "source_branch");
}

}  // namespace

Result<std::string> set_status(const Writing& writing) {
  const auto& effect = writing.effect;
  json::Value wanted{
      {"name", effect.name}, {"state", state_of(effect.value)}, {"description", shorten(effect.description, kWords)}};
  if (!effect.details_path.empty() && !writing.dashboard_url.empty())
    wanted["target_url"] = writing.dashboard_url + effect.details_path;
  GREENROOM_TRY(standing, newest(writing));
  if (says(standing, wanted)) return std::string();
  GREENROOM_TRY(ref, ref_of(writing));
  if (!ref.empty()) wanted["ref"] = ref;
  const auto sent = writing.api.send("POST", writing.project() + "/statuses/" + effect.head_sha, wanted);
  if (sent) return std::string();
  const bool repeated = sent.error().message.find("Cannot transition status") != std::string::npos;
  if (!repeated) return tl::unexpected(sent.error());
  // It is what it shall be already; only its words cannot be changed any more.
  GREENROOM_TRY(now, newest(writing));
  if (json::text(now, "status") == json::text(wanted, "state")) return std::string();
  return tl::unexpected(sent.error());
}

}  // namespace greenroom::hosts::gitlab
