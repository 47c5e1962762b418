#include "lib/hosts/github/app_jwt.h"

#include <jwt.h>

#include <chrono>
#include <cstdlib>

#include "lib/base/fd.h"

namespace greenroom::hosts::github {
namespace {

using Jwt = Owned<jwt_t, jwt_free>;
using Text = Owned<char, std::free>;

constexpr std::chrono::seconds kBefore{60}, kAfter{540};

long seconds_of(TimePoint time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

Result<Secret> app_jwt(std::int64_t app_id, const Secret& private_key, TimePoint now) {
  jwt_t* made = nullptr;
  if (jwt_new(&made) != 0) return bug("no memory for a JWT");
  const Jwt jwt(made);
  const auto& pem = private_key.reveal();
  const auto* key = reinterpret_cast<const unsigned char*>(pem.c_str());
  const bool filled = jwt_add_grant(jwt.get(), "iss", std::to_string(app_id).c_str()) == 0 &&
                      jwt_add_grant_int(jwt.get(), "iat", seconds_of(now - kBefore)) == 0 &&
                      jwt_add_grant_int(jwt.get(), "exp", seconds_of(now + kAfter)) == 0 &&
                      jwt_set_alg(jwt.get(), JWT_ALG_RS256, key, static_cast<int>(pem.size())) == 0;
  const Text text(filled ? jwt_encode_str(jwt.get()) : nullptr);
  if (!text) return user_fault("github.private_key is not a private key in PEM, as GitHub gives it for download");
  return Secret(text.get());
}

}  // namespace greenroom::hosts::github
