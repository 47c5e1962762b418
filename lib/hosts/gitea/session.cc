#include "lib/hosts/gitea/session.h"

#include <nlohmann/json.hpp>

#include "lib/hosts/reader.h"

namespace greenroom::hosts::gitea {
namespace {

constexpr std::chrono::seconds kNamesHold{60};

Result<model::RepositoryFacts> facts_in(const json::Value& row) {
  Reader reader(row, "");
  model::RepositoryFacts facts{"gitea", reader.number("id"), reader.text("full_name", 220),
                               reader.text("default_branch", 1000, Presence::optional)};
  if (const auto read = reader.result(); !read) return transient("Gitea's answer: " + read.error().message);
  if (!is_full_name(facts.full_name)) return transient("Gitea's answer names no repository");
  return facts;
}

}  // namespace

Result<Bot> Session::bot() {
  if (bot_) return *bot_;
  GREENROOM_TRY(user, api_.get("/user"));
  Reader reader(user, "");
  const Bot bot{reader.number("id"), reader.text("login", 100)};
  if (const auto read = reader.result(); !read) return transient("Gitea's answer: " + read.error().message);
  bot_ = bot;
  return bot;
}

Result<std::vector<model::RepositoryFacts>> Session::repositories() {
  GREENROOM_TRY(rows, api_.all("/user/repos"));
  std::vector<model::RepositoryFacts> all;
  for (const auto& row : rows) {
    GREENROOM_TRY(facts, facts_in(row));
    all.push_back(std::move(facts));
  }
  return all;
}

Result<Access> Session::access(std::int64_t host_repository_id) {
  if (api_.take_stale()) places_.clear();
  auto place = places_.find(host_repository_id);
  if (place == places_.end() || clock_.now() - place->second.read_at > kNamesHold) {
    const auto row = api_.get("/repositories/" + std::to_string(host_repository_id));
    if (!row && row.error().kind == ErrorKind::not_found)
      return not_found("Gitea does not show this repository to Greenroom: make its account a collaborator");
    if (!row) return tl::unexpected(row.error());
    GREENROOM_TRY(facts, facts_in(*row));
    if (facts.host_repository_id != host_repository_id) return transient("Gitea's answer is another repository");
    place = places_.insert_or_assign(host_repository_id, Place{std::move(facts), clock_.now()}).first;
  }
  return Access{"/repos/" + place->second.facts.full_name, place->second.facts};
}

}  // namespace greenroom::hosts::gitea
