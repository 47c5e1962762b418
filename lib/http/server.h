#pragma once
// HTTP/1.1 server on Boost.Beast, safe to face a network: header and body limits and time-outs, connection limits,
// ambiguous lengths refused, graceful drain. Beast stays in this room's .cc files. Reasons:
// docs/decisions/0002-http-server.md.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/error.h"

namespace greenroom::http {

using HeaderList = std::vector<std::pair<std::string, std::string>>;  // names lower-case in requests

struct Request {
  std::string method;  // "GET"
  std::string target;  // as sent: path and query
  std::string path;    // percent-decoded path, no NUL, no ".." segment (such requests get 400)
  std::string query;   // raw, without '?'
  HeaderList headers;
  std::string body;
  std::string peer;                                                 // address without port
  std::string_view header(std::string_view lower_case_name) const;  // first value, "" when absent
  std::string query_value(std::string_view name) const;             // decoded, "" when absent
  std::string cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  HeaderList headers;  // Content-Length and Date are added
  std::string body;
  static Response text(int status, std::string line);  // text/plain; charset=utf-8, with '\n'
};

// A response whose body comes in pieces (server-sent events). Thread-safe.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  virtual bool write(std::string_view piece) = 0;  // never blocks; false once the peer is gone or was cut off
  virtual void finish() = 0;
};

// Answers one request, exactly once, from any thread; dropping it unanswered sends 500.
class Responder {
 public:
  virtual ~Responder() = default;
  virtual void send(Response response) = 0;
  // head.body is ignored. Of a HEAD request the answer ends with its headers, and every write() gives false.
  virtual std::shared_ptr<StreamWriter> stream(Response head) = 0;
};

// Called on an I/O thread when `blocking_threads` is 0, else on one of those worker threads.
using Handler = std::function<void(Request, std::shared_ptr<Responder>)>;

struct ServerOptions {
  std::string address = "127.0.0.1";
  unsigned short port = 0;  // 0: the system chooses, see Server::port()
  int io_threads = 2;
  int blocking_threads = 0;
  std::size_t header_limit = 16 * 1024;
  std::size_t body_limit = 25u << 20;   // 413 beyond
  std::size_t stream_limit = 1u << 20;  // bytes of a stream that wait for its reader; with more it is cut off
  std::chrono::milliseconds header_timeout{5000};
  std::chrono::milliseconds body_timeout{10'000};  // of the whole body; 408 beyond
  std::chrono::milliseconds idle_timeout{30'000};  // until the first byte of a request
  // Until the peer takes more of an answer, or of one piece of a stream; and until it has taken all of it. A slow
  // reader of a large answer is served while bytes move.
  std::chrono::milliseconds write_timeout{30'000};
  std::chrono::milliseconds answer_timeout{30 * 60'000};
  // Beyond either a newcomer takes the place of the connection that has waited longest without a complete request, of
  // the same peer if there is one. It is closed itself when all are being answered.
  int max_connections = 1024;
  int max_connections_per_peer = 256;
  // Asked first, on an I/O thread; what it answers takes no worker thread. It must not block. For /livez: a server all
  // of whose workers are busy is alive.
  std::function<std::optional<Response>(const Request&)> at_once;
};

class Server {
 public:
  // Errors: user_fault "port 8080 is in use: …".
  static Result<std::unique_ptr<Server>> start(ServerOptions options, Handler handler);
  ~Server();  // stops hard

  unsigned short port() const;
  // Stops accepting, lets requests in flight end, at most `patience`. Blocks. True when all ended.
  bool drain(std::chrono::milliseconds patience);

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

std::string percent_encode(std::string_view text);  // everything but unreserved characters
bool percent_decode(std::string_view text, std::string& decoded);

}  // namespace greenroom::http
