#pragma once
// Messages that only one reader can open: an anonymous sealed box (X25519, XSalsa20-Poly1305) of libsodium.
// Thread-safe. Source: doc.libsodium.org, "Sealed boxes".

#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/base/secret.h"

namespace greenroom {

struct BoxKeys {
  std::string public_key;  // 32 bytes
  Secret private_key;      // 32 bytes; stays in the process that made it
};

BoxKeys make_box_keys();
// The same keys from the same words each time, for a process that has to open tomorrow what was sealed today. `words`
// are random and secret. Errors: user_fault (fewer than 32 characters).
Result<BoxKeys> box_keys_of(const Secret& words);
// Errors: rejected (not a public key).
Result<std::string> seal(const Secret& message, std::string_view public_key);
// Errors: rejected (sealed for somebody else, or changed on its way).
Result<Secret> open_sealed(std::string_view sealed, const BoxKeys& keys);

}  // namespace greenroom
