#pragma once
// HTTP client on cpprestsdk. Its header stays in client.cc. Blocking, thread-safe, one connection pool per base URL.
// Errors: transient (could not connect, time-out before anything was sent), in_doubt (time-out or a lost connection
// after the request was sent), user_fault (bad URL). A 4xx or 5xx is an answer, not an error.
// GET and HEAD share kept connections, and are sent again when one of those has just ended. Everything else reaches the
// server once at most: it has a connection of its own, which cpprestsdk has no reason to replace.

#include <chrono>
#include <memory>
#include <string>

#include "lib/base/error.h"
#include "lib/http/server.h"

namespace greenroom::http {

struct ClientRequest {
  std::string method = "GET";
  std::string path;  // with query, already encoded
  HeaderList headers;
  std::string body;
};

class Client {
 public:
  explicit Client(std::string base_url, std::chrono::milliseconds timeout = std::chrono::seconds(10));
  ~Client();
  Result<Response> send(const ClientRequest& request);  // at most 32 MiB of body

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace greenroom::http
