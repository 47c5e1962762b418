#include "tests/support/fake_github/auth.h"

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "tests/support/fake_github/jwt.h"
#include "tests/support/fake_github/routes.h"

namespace greenroom::testing::fake {
namespace {

constexpr const char* kNotByIntegration = "Resource not accessible by integration";

std::string credentials(std::string_view header) {
  const auto space = header.find(' ');
  const std::string scheme = lower(header.substr(0, space));
  if (space == std::string_view::npos || (scheme != "bearer" && scheme != "token")) refuse(401, "Bad credentials");
  return std::string(trim(header.substr(space + 1)));
}

Actor actor_of(const State& state, const Token& token) {
  Actor actor;
  if (token.kind == Token::Kind::personal) {
    actor.kind = Actor::Kind::personal;
    actor.user = token.of;
  } else {
    actor.kind = Actor::Kind::installation;
    actor.user = state.options.bot_id;
    actor.installation = token.of;
    actor.permissions = token.permissions;
    actor.repositories = token.repositories;
  }
  actor.login = state.user(actor.user).login;
  return actor;
}

bool reaches(const Call& call, const Repository& repository) {
  const auto found = call.state.installations.find(call.actor.installation);
  if (found == call.state.installations.end() || !covers(found->second, repository)) return false;
  return call.actor.repositories.empty() || call.actor.repositories.contains(repository.id);
}

bool is_allowed(const Permissions& permissions, std::string_view section, Access access) {
  if (section == "metadata" && access == Access::read) return true;
  const auto found = permissions.find(std::string(section));
  if (found == permissions.end()) return false;
  return access == Access::read || found->second == "write" || found->second == "admin";
}

bool any_allowed(const Permissions& permissions, std::string_view sections, Access access) {
  for (const auto section : split(sections, '|'))
    if (is_allowed(permissions, section, access)) return true;
  return false;
}

}  // namespace

Actor authenticate(State& state, const http::Request& request) {
  const auto header = request.header("authorization");
  if (header.empty()) return {};
  const std::string given = credentials(header);
  if (split(given, '.').size() == 3) {
    if (const auto fault = fault_of_jwt(given, state.options, state.options.clock->now())) refuse(401, *fault);
    Actor app;
    app.kind = Actor::Kind::app;
    return app;
  }
  const auto found = state.tokens.find(given);
  if (found == state.tokens.end()) refuse(401, "Bad credentials");
  const Token& token = found->second;
  if (token.expires && *token.expires <= state.options.clock->now()) refuse(401, "Bad credentials");
  return actor_of(state, token);
}

void see(const Call& call, const Repository& repository) {
  if (!repository.is_private) return;
  using Kind = Actor::Kind;
  if (call.actor.kind == Kind::app && call.state.installation_of(repository) != nullptr) return;
  if (call.actor.kind == Kind::installation && reaches(call, repository)) return;
  if (call.actor.kind == Kind::personal && role_of(repository, call.actor.user) >= Role::read) return;
  refuse(404, "Not Found");
}

bool may(const Call& call, std::string_view section, Access access, Role role) {
  if (call.actor.kind == Actor::Kind::personal) return role_of(call.repository(), call.actor.user) >= role;
  if (call.actor.kind != Actor::Kind::installation) return access == Access::read && !call.repository().is_private;
  if (!reaches(call, call.repository())) return access == Access::read && !call.repository().is_private;
  return any_allowed(call.actor.permissions, section, access);
}

void authorise(const Call& call, const Needs& needs) {
  using Kind = Actor::Kind;
  using Who = Needs::Who;
  const Kind kind = call.actor.kind;
  if (needs.who == Who::anyone) return;
  if (needs.who == Who::app) {
    if (kind == Kind::anonymous || kind == Kind::personal) refuse(401, "A JSON web token could not be decoded");
    if (kind == Kind::installation) refuse(403, kNotByIntegration);
    return;
  }
  if (kind == Kind::app) refuse(401, "A JSON web token can only ask for the App: make an installation's token of it");
  if (needs.who == Who::installation && kind != Kind::installation)
    refuse(
        403,
        "You must authenticate with an installation access token in order to list repositories for an installation.");
  if (kind == Kind::anonymous && (call.there == nullptr || needs.access == Access::write))
    refuse(401, "Requires authentication");
  if (call.there == nullptr || needs.sections.empty()) return;
  if (may(call, needs.sections, needs.access, needs.role)) return;
  if (kind == Kind::installation) refuse(403, kNotByIntegration);
  refuse(403, "Must have admin rights to Repository.");
}

std::string new_token(State& state, const Token& token) {
  const std::string prefix = token.kind == Token::Kind::personal ? "ghp_" : "ghs_";
  const std::string made = prefix + to_hex(sha256("token " + std::to_string(state.next_id()))).substr(0, 36);
  state.tokens[made] = token;
  return made;
}

}  // namespace greenroom::testing::fake
