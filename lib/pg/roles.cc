#include "lib/pg/roles.h"

#include <algorithm>
#include <array>

#include "lib/base/hash.h"
#include "lib/base/text.h"
#include "lib/pg/embedded.h"

namespace greenroom::pg {
namespace {

constexpr std::array<std::string_view, 4> kRoles{"greenroom_webhook", "greenroom_bot", "greenroom_runner",
                                                 "greenroom_dashboard"};

Result<void> set_one(Connection& db, const RolePassword& one) {
  if (std::find(kRoles.begin(), kRoles.end(), one.role) == kRoles.end()) {
    return user_fault("'" + one.role + "' is not a role of Greenroom; they are " +
                      join({kRoles.begin(), kRoles.end()}, ", "));
  }
  GREENROOM_TRY(verifier, db.scram_verifier(one.role, one.password));
  // ALTER ROLE takes no parameters: Postgres itself quotes the two values, then runs the statement.
  GREENROOM_CHECK(db.run(query("role/remember_verifier"), {one.role, verifier}));
  return db.run_script(query("role/apply_verifier").sql);
}

}  // namespace

Result<std::vector<RolePassword>> parse_role_passwords(std::string_view text) {
  std::vector<RolePassword> all;
  int number = 0;
  for (const auto whole : split_lines(text)) {
    ++number;
    const auto line = trim(whole);
    if (line.empty()) continue;
    const auto space = line.find(' ');
    if (space == std::string_view::npos) {
      return user_fault("line " + std::to_string(number) + ": write a role, a space and its password");
    }
    all.push_back({std::string(line.substr(0, space)), Secret(std::string(trim(line.substr(space + 1))))});
  }
  return all;
}

Result<void> grant_roles(Connection& owner) {
  auto done = owner.transaction([](Connection& db) { return db.run_script(roles_script()); });
  if (!done) return pass(std::move(done).error(), "grant roles");
  return {};
}

Result<void> set_role_passwords(Connection& owner, const std::vector<RolePassword>& passwords) {
  return owner.transaction([&](Connection& db) -> Result<void> {
    for (const auto& one : passwords) {
      auto done = set_one(db, one);
      if (!done) return pass(std::move(done).error(), "set the password of " + one.role);
    }
    return {};
  });
}

std::string roles_fingerprint() { return to_hex(sha256(roles_script())); }

}  // namespace greenroom::pg
