// What the App may do and what it is told.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/github/examination.h"
#include "lib/hosts/github/needs.h"

namespace greenroom::hosts::github {
namespace {

Need access_in(const json::Value& holder, std::string_view key) {
  const auto word = json::text(json::member(holder, "permissions"), key);
  if (word == "write" || word == "admin") return Need::write;
  return word == "read" ? Need::read : Need::none;
}

// As the App's page calls it: "Checks: Read and write".
std::string wish(const NeededPermission& permission) {
  return "'" + std::string(permission.name) + (permission.need == Need::write ? ": Read and write'" : ": Read-only'");
}

}  // namespace

void judge_permissions(const json::Value& app, const json::Value& installation, Remarks& remarks) {
  const auto before = remarks.size();
  for (const auto& permission : needed_permissions()) {
    if (access_in(installation, permission.key) >= permission.need) continue;
    if (access_in(app, permission.key) < permission.need)
      remarks.push_back(
          missing("The App does not ask for " + wish(permission) +
                  ": set it on the App's page under Permissions, and let the repository's owner accept."));
    else
      remarks.push_back(missing("The App asks for " + wish(permission) +
                                ", which the repository's owner has not accepted yet: they find the request in their "
                                "settings under GitHub Apps."));
  }
  if (remarks.size() == before) remarks.push_back(fine("The App has the permissions that it needs."));
}

void judge_events(const json::Value& app, Remarks& remarks) {
  const auto& events = json::member(app, "events");
  const auto before = remarks.size();
  for (const auto& event : needed_events())
    if (!events.is_array() || std::find(events.begin(), events.end(), json::Value(event.key)) == events.end())
      remarks.push_back(missing("The App is not told of '" + std::string(event.name) +
                                "': tick it on the App's page under Subscribe to events."));
  if (remarks.size() == before) remarks.push_back(fine("The App is told of all that Greenroom answers."));
}

}  // namespace greenroom::hosts::github
