#pragma once
// The head of a request to a proxy (RFC 9112): where it wants to go, and what is sent there. Pure; hostile input.

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/base/error.h"
#include "lib/egress/egress.h"

namespace greenroom::egress {

inline constexpr std::size_t kMaxHead = 16u << 10;

struct ProxyRequest {
  enum class Kind {
    tunnel,  // CONNECT host:port: bytes both ways, TLS inside
    fetch,   // GET http://host/path: one answer, then the end
  };
  Kind kind = Kind::tunnel;
  Destination to;
  std::string head;  // fetch: what the server gets. Without anything that signs in or belongs to the proxy
};

// `head` ends with the empty line. Errors: user_fault with a sentence; rejected for a method that is not carried.
Result<ProxyRequest> read_head(std::string_view head);

}  // namespace greenroom::egress
