#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/gitlab/write.h"

namespace greenroom::hosts::gitlab {
namespace {

json::Value ids_in(const json::Value& people) {
  auto ids = json::Value::array();
  if (people.is_array())
    for (const auto& one : people) ids.push_back(json::integer(one, "id"));
  return ids;
}

bool holds(const json::Value& list, const json::Value& one) {
  return list.is_array() && std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

Result<std::string> set_label(const Writing& writing, Label wanted) {
  const auto& name = writing.effect.name;
  if (name.empty() || name.find(',') != std::string::npos)
    return rejected("GitLab divides labels by commas: this is no name of one");
  GREENROOM_TRY(item, writing.api.get(writing.item()));
  const bool there = holds(json::member(item, "labels"), name);
  if (there == (wanted == Label::there)) return std::string();
  GREENROOM_CHECK(
      writing.api.send("PUT", writing.item(), {{wanted == Label::there ? "add_labels" : "remove_labels", name}}));
  return std::string();
}

// To an issue, or as a reviewer to a merge request. The list is set as a whole: who stands there stays, and first, as
// without a licence only the first one counts.
Result<std::string> assign(const Writing& writing) {
  const std::int64_t account = std::stoll(writing.effect.value);
  GREENROOM_TRY(user, writing.api.get("/users/" + std::to_string(account)));
  if (json::integer(user, "id") != account) return not_found("GitLab: there is no account " + writing.effect.value);
  const std::string list = writing.on_issue() ? "assignees" : "reviewers";
  GREENROOM_TRY(item, writing.api.get(writing.item()));
  auto ids = ids_in(json::member(item, list));
  if (holds(ids, account)) return std::string();
  ids.push_back(account);
  const std::string member = writing.on_issue() ? "assignee_ids" : "reviewer_ids";
  GREENROOM_TRY(after, writing.api.send("PUT", writing.item(), {{member, ids}}));
  // Who cannot be assigned is left out without a word.
  if (!holds(ids_in(json::member(after, list)), account))
    return rejected("GitLab: account " + writing.effect.value + " cannot be assigned here, or somebody is already");
  return std::string();
}

}  // namespace greenroom::hosts::gitlab
