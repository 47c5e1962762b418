#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/gitea/write.h"

namespace greenroom::hosts::gitea {
namespace {

constexpr std::string_view kColour = "#ededed";  // of a label that nobody has made yet

bool holds_account(const json::Value& list, std::int64_t id) {
  return list.is_array() &&
         std::any_of(list.begin(), list.end(), [id](const auto& one) { return json::integer(one, "id") == id; });
}

std::int64_t named(const std::vector<json::Value>& labels, const std::string& name) {
  for (const auto& label : labels)
    if (json::text(label, "name") == name) return json::integer(label, "id");
  return 0;
}

// The repository's, or its organisation's; 0: there is none.
Result<std::int64_t> find_label(const Writing& writing) {
  GREENROOM_TRY(own, writing.api.all(writing.at("/labels")));
  if (const auto id = named(own, writing.effect.name); id != 0) return id;
  const auto& full_name = writing.access.facts.full_name;
  const auto all = writing.api.all("/orgs/" + full_name.substr(0, full_name.find('/')) + "/labels");
  if (all) return named(*all, writing.effect.name);
  if (all.error().kind == ErrorKind::not_found) return std::int64_t{0};  // a person owns the repository
  return tl::unexpected(all.error());
}

}  // namespace

Result<std::string> login_of(Api& api, std::int64_t account_id) {
  GREENROOM_TRY(found, api.get("/users/search?uid=" + std::to_string(account_id)));
  for (const auto& user : json::member(found, "data")) {
    const auto login = json::text(user, "login");
    if (json::integer(user, "id") == account_id && is_login(login)) return login;
  }
  return not_found("Gitea: there is no account " + std::to_string(account_id));
}

// Labels go by their number: older versions know no other way.
Result<std::string> add_label(const Writing& writing) {
  GREENROOM_TRY(there, writing.api.whole(writing.issue() + "/labels"));
  if (named(there, writing.effect.name) != 0) return std::string();
  GREENROOM_TRY(label, find_label(writing));
  if (label == 0) {
    GREENROOM_TRY(made,
                  writing.send("POST", writing.at("/labels"), {{"name", writing.effect.name}, {"color", kColour}}));
    label = json::integer(made, "id");
  }
  GREENROOM_CHECK(writing.send("POST", writing.issue() + "/labels", {{"labels", {label}}}));
  return std::string();
}

Result<std::string> remove_label(const Writing& writing) {
  GREENROOM_TRY(there, writing.api.whole(writing.issue() + "/labels"));
  const auto label = named(there, writing.effect.name);
  if (label == 0) return std::string();
  GREENROOM_CHECK(writing.send("DELETE", writing.issue() + "/labels/" + std::to_string(label), {}));
  return std::string();
}

// The assignees of an issue are written all at once: those who are there stay.
Result<std::string> assign(const Writing& writing) {
  const auto account = std::stoll(writing.effect.value);
  GREENROOM_TRY(login, login_of(writing.api, account));
  if (writing.effect.target.kind == model::Target::Kind::issue) {
    GREENROOM_TRY(issue, writing.api.get(writing.issue()));
    const auto& there = json::member(issue, "assignees");
    if (holds_account(there, account)) return std::string();
    auto wanted = json::Value::array({login});
    for (const auto& one : there) wanted.push_back(json::text(one, "login"));
    GREENROOM_TRY(after, writing.send("PATCH", writing.issue(), {{"assignees", wanted}}));
    if (!holds_account(json::member(after, "assignees"), account))
      return rejected("Gitea: " + login + " cannot be assigned in this repository");
    return std::string();
  }
  GREENROOM_TRY(pull, writing.api.get(writing.pull()));
  if (holds_account(json::member(pull, "requested_reviewers"), account)) return std::string();
  GREENROOM_CHECK(writing.send("POST", writing.pull() + "/requested_reviewers", {{"reviewers", {login}}}));
  return std::string();
}

}  // namespace greenroom::hosts::gitea
