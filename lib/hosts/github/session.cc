#include "lib/hosts/github/session.h"

#include <nlohmann/json.hpp>

#include "lib/hosts/github/app_jwt.h"
#include "lib/hosts/reader.h"

namespace greenroom::hosts::github {
namespace {

using std::chrono::seconds;

constexpr seconds kNamesHold{60};
constexpr seconds kTakenBefore{300};     // its end
constexpr std::int64_t kPlainToken = 0;  // the installation of an account's own token

tl::unexpected<Error> unreadable(const Error& why) { return transient("GitHub's answer: " + why.message); }

}  // namespace

Session::Session(Options options, Api& api, const Clock& clock)
    : options_(std::move(options)), api_(api), clock_(clock) {}

Result<Secret> Session::app_token() const {
  if (!is_app()) return user_fault("github.app_id is not set: this asks for a GitHub App");
  return app_jwt(options_.app_id, options_.private_key, clock_.now());
}

Result<Bot> Session::bot() {
  if (bot_) return *bot_;
  Bot bot;
  std::string path = "/user";
  Secret token = options_.token;
  if (is_app()) {
    GREENROOM_TRY(jwt, app_token());
    GREENROOM_TRY(app, api_.call({"GET", "/app"}, jwt));
    const auto slug = json::text(app, "slug");
    if (!is_login(slug)) return transient("GitHub's answer names no App");
    bot.app_id = options_.app_id;
    path = "/users/" + slug + "%5Bbot%5D";
    GREENROOM_CHECK(read_places());
    if (tokens_.empty()) return not_found("the GitHub App is installed nowhere yet: install it on a repository");
    token = tokens_.begin()->second.secret;
  }
  GREENROOM_TRY(user, api_.call({"GET", path}, token));
  Reader reader(user, "");
  bot.account_id = reader.number("id");
  bot.login = reader.text("login", 100);
  if (const auto read = reader.result(); !read) return unreadable(read.error());
  bot_ = bot;
  return bot;
}

Result<Secret> Session::token_of(std::int64_t installation) {
  if (!is_app()) return options_.token;
  const auto known = tokens_.find(installation);
  if (known != tokens_.end() && clock_.now() < known->second.ends - kTakenBefore) return known->second.secret;
  GREENROOM_TRY(token, make_token(installation, "{}"));
  return tokens_.insert_or_assign(installation, std::move(token)).first->second.secret;
}

Result<Session::Token> Session::make_token(std::int64_t installation, const std::string& wish) {
  GREENROOM_TRY(jwt, app_token());
  const auto path = "/app/installations/" + std::to_string(installation) + "/access_tokens";
  auto made = api_.call({"POST", path, wish}, jwt);
  // A token that nobody has heard of hurts nobody: it is asked for again.
  if (!made && made.error().kind == ErrorKind::in_doubt) return transient(made.error().message);
  if (!made) return tl::unexpected(made.error());
  Reader reader(*made, "");
  Token token{Secret(reader.text("token", 1000)), reader.time("expires_at")};
  if (const auto read = reader.result(); !read) return unreadable(read.error());
  return token;
}

Result<Secret> Session::read_token(std::int64_t host_repository_id) {
  if (!is_app()) return options_.read_token;
  GREENROOM_CHECK(access(host_repository_id));
  const json::Value wish{{"repository_ids", {host_repository_id}}, {"permissions", {{"contents", "read"}}}};
  GREENROOM_TRY(token, make_token(places_.at(host_repository_id).installation, json::dump(wish)));
  return token.secret;
}

Result<void> Session::add_places(std::int64_t installation, Places& places) {
  GREENROOM_TRY(token, token_of(installation));
  const bool plain = installation == kPlainToken;
  const std::string path =
      plain ? "/user/repos?affiliation=owner,collaborator,organization_member" : "/installation/repositories";
  GREENROOM_TRY(rows, api_.all(path, token, plain ? "" : "repositories"));
  for (const auto& row : rows) {
    Reader reader(row, "");
    Place place{{"github", reader.number("id"), reader.text("full_name", 200), reader.text("default_branch", 1000)},
                installation};
    if (const auto read = reader.result(); !read) return unreadable(read.error());
    if (!is_full_name(place.facts.full_name)) return transient("GitHub's answer names no repository");
    places.insert_or_assign(place.facts.host_repository_id, std::move(place));
  }
  return {};
}

// All of it or nothing: a repository that is missing only because a list broke off would be taken for gone.
Result<void> Session::read_places() {
  Places places;
  if (!is_app()) GREENROOM_CHECK(add_places(kPlainToken, places));
  if (is_app()) {
    GREENROOM_TRY(jwt, app_token());
    GREENROOM_TRY(installations, api_.all("/app/installations", jwt));
    for (const auto& row : installations) {
      if (!json::member(row, "suspended_at").is_null()) continue;
      GREENROOM_CHECK(add_places(json::integer(row, "id"), places));
    }
  }
  places_ = std::move(places);
  read_at_ = clock_.now();
  return {};
}

Result<std::vector<model::RepositoryFacts>> Session::repositories() {
  GREENROOM_CHECK(read_places());
  std::vector<model::RepositoryFacts> all;
  for (const auto& [id, place] : places_) all.push_back(place.facts);
  return all;
}

Result<Access> Session::access(std::int64_t host_repository_id) {
  if (api_.take_stale()) {
    places_.clear();
    tokens_.clear();
  }
  auto place = places_.find(host_repository_id);
  if (place == places_.end() || clock_.now() - read_at_ > kNamesHold) {
    GREENROOM_CHECK(read_places());
    place = places_.find(host_repository_id);
  }
  if (place == places_.end())
    return not_found("GitHub does not show this repository to Greenroom: install the App there, or let its account in");
  GREENROOM_TRY(token, token_of(place->second.installation));
  const auto& full_name = place->second.facts.full_name;
  const auto slash = full_name.find('/');
  return Access{"/repos/" + full_name,
                full_name.substr(0, slash),
                full_name.substr(slash + 1),
                place->second.facts.default_branch,
                is_app() ? "installation/" + std::to_string(place->second.installation) : "account",
                token};
}

}  // namespace greenroom::hosts::github
