#pragma once
// Inside of lib/http only: one connection from its first byte to its close. Everything runs on the socket's strand;
// responders reach it from any thread.

#include <array>
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <deque>
#include <memory>
#include <optional>

#include "lib/http/head.h"
#include "lib/http/server.h"
#include "lib/http/shared.h"

namespace greenroom::http {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, std::string peer, std::shared_ptr<Shared> shared);
  ~Connection();

  void start();
  // Any thread. Closes at once when it waits for a request; a request in flight ends first.
  void wind_down();
  void abort();  // any thread
  // Any thread; for responders.
  void respond(Response response, bool head_only);
  void begin_stream(const Response& head, bool head_only);
  // False once the peer is gone. One that does not read what waits for it is cut off here.
  bool push(std::string_view piece);
  void end_stream();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  void await_request();
  void read_header();
  void on_header(boost::beast::error_code error);
  std::optional<Response> refuse_header() const;
  void read_body();
  void on_body(boost::beast::error_code error);
  void handle();
  struct Outgoing;
  void write(std::string bytes, After after);
  void write_some(std::shared_ptr<Outgoing> outgoing);
  void on_written(After after);
  void linger();
  void swallow(std::shared_ptr<std::array<char, 16384>> sink);
  void enqueue(std::string bytes);
  void write_next_piece();
  void fail(const Response& response);  // answers and closes
  void close();

  const std::shared_ptr<Shared> shared_;  // first: the stream needs its io_context to the end
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  boost::asio::steady_timer body_deadline_;
  const std::string peer_;
  bool keep_alive_ = false, waiting_ = true, reading_body_ = false, is_late_ = false, writing_ = false,
       last_queued_ = false;
  std::deque<std::string> pieces_;
  std::atomic<std::size_t> queued_bytes_{0};
  std::atomic<bool> gone_{false};
};

// The responder of one request.
std::shared_ptr<Responder> make_responder(std::shared_ptr<Connection> connection, bool head_only);

}  // namespace greenroom::http
