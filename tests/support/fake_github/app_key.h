#pragma once
// A GitHub App's key pair, made for this process, and the tokens that it signs: for tests of who is let in.

#include <string>

#include "lib/base/clock.h"

namespace greenroom::testing {

struct AppKey {
  std::string private_pem, public_pem;
};
// 2048 bits of RSA; the same in the whole process, since making one takes a while. Thread-safe.
const AppKey& app_key();
// Another one, which no App knows.
const AppKey& foreign_app_key();

struct AppClaims {
  std::string issuer;
  TimePoint issued, expires;
  std::string algorithm = "RS256";
};
// A JSON web token, signed by RS256 whatever its header says.
std::string app_jwt(const AppKey& key, const AppClaims& claims);

}  // namespace greenroom::testing
