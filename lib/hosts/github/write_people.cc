#include <algorithm>
#include <nlohmann/json.hpp>

#include "lib/hosts/github/write.h"
#include "lib/http/server.h"

namespace greenroom::hosts::github {
namespace {

bool holds_account(const json::Value& list, std::int64_t id) {
  return list.is_array() &&
         std::any_of(list.begin(), list.end(), [id](const auto& one) { return json::integer(one, "id") == id; });
}

Result<bool> has_label(const Writing& writing) {
  GREENROOM_TRY(labels, writing.api.all(writing.issue() + "/labels", writing.access.token));
  return std::any_of(labels.begin(), labels.end(),
                     [&](const auto& one) { return json::text(one, "name") == writing.effect.name; });
}

}  // namespace

Result<std::string> login_of(Api& api, std::int64_t account_id, const Secret& token) {
  GREENROOM_TRY(user, api.call({"GET", "/user/" + std::to_string(account_id)}, token));
  auto login = json::text(user, "login");
  if (json::integer(user, "id") != account_id || !is_login(login))
    return not_found("GitHub: there is no account " + std::to_string(account_id));
  return login;
}

Result<std::string> add_label(const Writing& writing) {
  GREENROOM_TRY(there, has_label(writing));
  if (there) return std::string();
  GREENROOM_CHECK(writing.send("POST", writing.issue() + "/labels", {{"labels", {writing.effect.name}}}));
  return std::string();
}

Result<std::string> remove_label(const Writing& writing) {
  GREENROOM_TRY(there, has_label(writing));
  if (!there) return std::string();
  GREENROOM_CHECK(writing.send("DELETE", writing.issue() + "/labels/" + http::percent_encode(writing.effect.name), {}));
  return std::string();
}

Result<std::string> assign(const Writing& writing) {
  const auto account = std::stoll(writing.effect.value);
  GREENROOM_TRY(login, login_of(writing.api, account, writing.access.token));
  if (writing.effect.target.kind == model::Target::Kind::issue) {
    GREENROOM_TRY(issue, writing.get(writing.issue()));
    if (holds_account(json::member(issue, "assignees"), account)) return std::string();
    GREENROOM_TRY(after, writing.send("POST", writing.issue() + "/assignees", {{"assignees", {login}}}));
    // Who cannot be assigned is left out without a word.
    if (!holds_account(json::member(after, "assignees"), account))
      return rejected("GitHub: " + login + " cannot be assigned in this repository");
    return std::string();
  }
  GREENROOM_TRY(pull, writing.get(writing.pull()));
  if (holds_account(json::member(pull, "requested_reviewers"), account)) return std::string();
  GREENROOM_CHECK(writing.send("POST", writing.pull() + "/requested_reviewers", {{"reviewers", {login}}}));
  return std::string();
}

}  // namespace greenroom::hosts::github
