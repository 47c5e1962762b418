#pragma once
// Inside of lib/http only: one connection from its first byte to its close. Everything runs on the socket's strand;
// responders reach it from any thread.

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "lib/http/server.h"

namespace greenroom::http {

class Connection;

// What all connections of a server have in common. Each connection keeps it alive: an answer may come after the server
// is gone, and then goes nowhere.
struct Shared {
  ServerOptions options;
  std::function<void(Request, std::shared_ptr<Responder>)> dispatch;
  std::atomic<bool> draining{false};
  std::mutex mutex;
  std::condition_variable emptied;
  std::map<const Connection*, std::weak_ptr<Connection>> connections;
  std::map<std::string, int> per_peer;
  boost::asio::io_context io;

  void closed(const Connection* connection, const std::string& peer);
};

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
  void swallow(std::shared_ptr<std::array<char, 16384>> sink);
  void write_next_piece();
  void fail(Response response);  // answers and closes
  void close();
  std::string head_of(const Response& response, bool chunked) const;

  const std::shared_ptr<Shared> shared_;  // first: the stream needs its io_context to the end
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  const std::string peer_;
  bool keep_alive_ = false, waiting_ = true, streaming_ = false, writing_ = false, last_queued_ = false;
  std::deque<std::string> pieces_;
  std::atomic<std::size_t> queued_bytes_{0};
  std::atomic<bool> gone_{false};
};

// The responder of one request.
std::shared_ptr<Responder> make_responder(std::shared_ptr<Connection> connection, bool head_only);

}  // namespace greenroom::http
