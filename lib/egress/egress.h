#pragma once
// The one way out of a sandbox that has no network: a proxy on a Unix socket that reaches the operator's package index
// and nothing else. It speaks CONNECT, to what is on its list with TLS, and absolute http:// requests, to what is there
// without; everything else gets 403 and a sentence. Names are resolved here, on the machine. Nothing that signs in
// passes through a request it can read.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::egress {

struct Destination {
  std::string host;  // lower case; an IPv6 address without brackets
  std::uint16_t port = 0;
  bool operator==(const Destination&) const = default;
};
std::string to_string(const Destination& destination);  // "files.example.org:443"

// "host", "host:port", "[::1]:8080". Errors: user_fault.
Result<Destination> parse_destination(std::string_view text, std::uint16_t port_otherwise);
// "https://index.example.org/simple". Errors: user_fault, also for an address with a user or password in it.
Result<Destination> destination_of_url(std::string_view url);

struct Allowed {
  Destination to;
  bool plain = false;  // over http:// alone: no tunnel, in which nobody would read requests. Otherwise tunnels alone
};
// An http:// address is plain, an https:// one is not. Errors: as destination_of_url.
Result<Allowed> allowed_of_url(std::string_view url);

struct ProxyLimits {
  int connections = 32;                    // at one time; more are answered 503
  std::uint64_t bytes = 4ull << 30;        // both ways, of all connections together; then all end
  std::chrono::milliseconds head{10'000};  // for a request's head to arrive
  std::chrono::milliseconds idle{60'000};  // without a byte either way
  std::chrono::milliseconds connect{10'000};
};

struct Traffic {
  std::uint64_t bytes = 0;
  std::vector<std::string> refused;      // "example.org:443", each once, at most 16; "http://example.org:443" if it is
                                         // on the list and was asked in the way that it is not there for
  std::vector<std::string> unreachable;  // "index.example.org:443: Connection refused", each once, at most 16
  bool out_of_bytes = false;
};

// Serves on threads of its own until it is destroyed, which ends its connections. Thread-safe.
class Proxy {
 public:
  // Makes the socket file `folder`/egress; whoever may reach that file may use the proxy. Errors: transient.
  static Result<std::unique_ptr<Proxy>> start(const std::string& folder, std::vector<Allowed> allowed,
                                              ProxyLimits limits = {});
  ~Proxy();  // also removes the file
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  std::string socket() const;  // the file's path
  Traffic traffic() const;

 private:
  struct Impl;
  explicit Proxy(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace greenroom::egress
