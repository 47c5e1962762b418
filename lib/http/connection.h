#pragma once
// Inside of lib/http only: one connection from its first byte to its close. Everything runs on the socket's strand;
// responders reach it from any thread.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "lib/http/server.h"

namespace greenroom::http {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  struct Shared {  // what all connections of a server have in common; outlives them
    const ServerOptions& options;
    std::function<void(Request, std::shared_ptr<Responder>)> dispatch;
    const std::atomic<bool>& draining;
    std::function<void(const Connection*, const std::string& peer)> closed;
  };
  Connection(boost::asio::ip::tcp::socket socket, std::string peer, const Shared& shared);
  ~Connection();

  void start();
  // Any thread. Closes at once when it waits for a request; a request in flight ends first.
  void wind_down();
  void abort();  // any thread
  // Any thread; for responders.
  void respond(Response response, bool head_only);
  void begin_stream(Response head);
  bool push(std::string piece, bool last);  // false once the peer is gone or does not read

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  void read_header();
  void on_header(boost::beast::error_code error);
  std::optional<Response> refuse_header() const;
  void read_body();
  void on_body(boost::beast::error_code error);
  void handle();
  void write(std::shared_ptr<std::string> bytes, bool then_close);
  void on_written(bool then_close);
  void write_next_piece();
  void fail(Response response);  // answers and closes
  void close();
  std::string head_of(const Response& response, bool chunked) const;

  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  const std::string peer_;
  const Shared& shared_;
  bool keep_alive_ = false, waiting_ = true, streaming_ = false, writing_ = false, last_queued_ = false;
  std::deque<std::string> pieces_;
  std::atomic<std::size_t> queued_bytes_{0};
  std::atomic<bool> gone_{false};
};

// The responder of one request.
std::shared_ptr<Responder> make_responder(std::shared_ptr<Connection> connection, bool head_only);

}  // namespace greenroom::http
