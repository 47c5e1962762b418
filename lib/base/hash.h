#pragma once
// SHA-256, HMAC-SHA-256, SHA-1, hexadecimal and random ids, on OpenSSL. All functions are pure or thread-safe.

#include <string>
#include <string_view>

#include "lib/base/secret.h"

namespace greenroom {

std::string sha256(std::string_view data);                            // 32 raw bytes
std::string sha1(std::string_view data);                              // 20 raw bytes; names of others, never trust
std::string hmac_sha256(const Secret& key, std::string_view data);    // 32 raw bytes
std::string to_hex(std::string_view bytes);                           // lower case
bool from_hex(std::string_view hex, std::string& bytes);              // false unless all hex, even length
bool equal_in_constant_time(std::string_view a, std::string_view b);  // lengths may leak, contents do not
std::string random_bytes(std::size_t count);                          // from the system's CSPRNG
std::string random_hex(std::size_t bytes);
std::string base64_encode(std::string_view bytes);  // RFC 4648, with padding
bool base64_decode(std::string_view text, std::string& bytes);

}  // namespace greenroom
