#pragma once
// Deliveries that no webhook brought, of what GitLab's API shows, in the shape of its webhooks (payload.h). Inner to
// lib/hosts/gitlab. Pure. `project` and `row` are the API's objects of the project, and of the merge request or issue.

#include <string>
#include <string_view>

#include "lib/json/json.h"

namespace greenroom::hosts::gitlab {

enum class ItemKind { change, issue };
json::Value note_body(const json::Value& project, const json::Value& row, const json::Value& note,
                      const std::string& discussion, ItemKind kind);
json::Value settled_body(const json::Value& project, const json::Value& row, const json::Value& note,
                         const std::string& discussion);
json::Value opened_body(const json::Value& project, const json::Value& issue);
json::Value state_body(const json::Value& project, const json::Value& issue, const json::Value& event);
json::Value label_body(const json::Value& project, const json::Value& issue, const json::Value& event);

// The same for the same deed, whoever tells it.
std::string delivery_id(std::string_view meaning);

}  // namespace greenroom::hosts::gitlab
