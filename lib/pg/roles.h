#pragma once
// The least-privilege roles of the services (sql/roles.sql) and their passwords: `greenroom migrate --roles`.

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/secret.h"
#include "lib/pg/pg.h"

namespace greenroom::pg {

struct RolePassword {
  std::string role;
  Secret password;
};

// Reads lines of "role password"; empty lines are skipped. Errors: user_fault with the line's number.
Result<std::vector<RolePassword>> parse_role_passwords(std::string_view text);

// Makes the roles that are missing and gives each exactly the rights of sql/roles.sql, in one transaction. Needs a
// migrated database and its owner's connection. Safe to repeat. Errors: rejected when the owner may not make roles.
Result<void> grant_roles(Connection& owner);

// The server gets SCRAM verifiers, never the passwords. user_fault: not one of our roles.
Result<void> set_role_passwords(Connection& owner, const std::vector<RolePassword>& passwords);

std::string roles_fingerprint();  // hex SHA-256 of sql/roles.sql

}  // namespace greenroom::pg
