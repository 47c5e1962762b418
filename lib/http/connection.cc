#include "lib/http/connection.h"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <ctime>

#include "lib/base/text.h"
#include "lib/http/target.h"

namespace greenroom::http {
namespace beast = boost::beast;
namespace asio = boost::asio;

namespace {

constexpr std::size_t kMaxQueued = 1u << 20;  // of a stream whose peer does not read

constexpr std::chrono::seconds kLinger{2};  // for a peer that is still sending what was refused

std::string_view reason_of(int status) {
  const auto reason = beast::http::obsolete_reason(static_cast<beast::http::status>(status));
  return {reason.data(), reason.size()};
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

std::string date_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

std::string hex(std::size_t number) {
  char text[32];
  return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%zx", number))};
}

// A header's value must not start another header.
std::string one_line(std::string value) {
  for (char& c : value)
    if (c == '\r' || c == '\n' || c == '\0') c = ' ';
  return value;
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, std::string peer, std::shared_ptr<Shared> shared)
    : shared_(std::move(shared)), stream_(std::move(socket)), peer_(std::move(peer)) {}

Connection::~Connection() { shared_->closed(this, peer_); }

void Connection::start() {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->read_header(); });
}

void Connection::wind_down() {
  asio::post(stream_.get_executor(), [self = shared_from_this()] {
    if (self->waiting_) self->close();
  });
}

void Connection::abort() {
  gone_ = true;
  asio::post(stream_.get_executor(), [self = shared_from_this()] { self->close(); });
}

void Connection::close() {
  gone_ = true;
  beast::error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  stream_.close();
}

void Connection::read_header() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(shared_->options.header_limit));
  parser_->body_limit(shared_->options.body_limit);
  waiting_ = true;
  // The first byte of a next request may take its time; a begun header may not.
  stream_.expires_after(buffer_.size() > 0 || !keep_alive_ ? shared_->options.header_timeout
                                                           : shared_->options.idle_timeout);
  beast::http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_header(error); });
}

std::optional<Response> Connection::refuse_header() const {
  const auto& request = parser_->get();
  const auto lengths = request.count(beast::http::field::content_length);
  const auto codings = request.count(beast::http::field::transfer_encoding);
  if (lengths > 1 || codings > 1 || (lengths == 1 && codings == 1))
    return Response::text(400, "the request says its length more than once");
  if (codings == 1 && to_lower_ascii(view(request[beast::http::field::transfer_encoding])) != "chunked")
    return Response::text(501, "the only transfer coding understood here is 'chunked'");
  if (request.version() == 11 && request.count(beast::http::field::host) != 1)
    return Response::text(400, "the request needs one Host header");
  return std::nullopt;
}

void Connection::on_header(beast::error_code error) {
  namespace e = beast::http;
  waiting_ = false;
  if (error == e::error::header_limit)
    return fail(Response::text(
        431, "the request's headers are larger than " + std::to_string(shared_->options.header_limit) + " bytes"));
  if (error == e::error::body_limit)
    return fail(
        Response::text(413, "the body is larger than " + std::to_string(shared_->options.body_limit) + " bytes"));
  if (error == e::error::end_of_stream || error == beast::error::timeout ||
      error.category() != make_error_code(e::error::end_of_stream).category())
    return error ? close() : (refuse_header() ? fail(*refuse_header()) : read_body());
  fail(Response::text(400, "the request is not HTTP: " + error.message()));
}

void Connection::read_body() {
  if (to_lower_ascii(view(parser_->get()[beast::http::field::expect])) == "100-continue") {
    auto bytes = std::make_shared<std::string>("HTTP/1.1 100 Continue\r\n\r\n");
    asio::async_write(stream_, asio::buffer(*bytes),
                      [self = shared_from_this(), bytes](beast::error_code failed, std::size_t) {
                        if (failed) return self->close();
                        self->parser_->get().erase(beast::http::field::expect);
                        self->read_body();
                      });
    return;
  }
  stream_.expires_after(shared_->options.body_timeout);
  beast::http::async_read(stream_, buffer_, *parser_,
                          [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_body(error); });
}

void Connection::on_body(beast::error_code error) {
  if (error == beast::http::error::body_limit)
    return fail(
        Response::text(413, "the body is larger than " + std::to_string(shared_->options.body_limit) + " bytes"));
  if (error == beast::error::timeout) return fail(Response::text(408, "the body took too long to arrive"));
  if (error && error.category() == make_error_code(beast::http::error::end_of_stream).category() &&
      error != beast::http::error::partial_message)
    return fail(Response::text(400, "the request is not HTTP: " + error.message()));
  if (error) return close();
  handle();
}

void Connection::handle() {
  stream_.expires_never();  // how long an answer takes is the handler's business
  auto message = parser_->release();
  keep_alive_ = message.keep_alive() && !shared_->draining;
  Request request;
  request.method = std::string(message.method_string());
  request.target = std::string(message.target());
  request.peer = peer_;
  auto target = parse_target(request.target);
  if (!target) return fail(Response::text(400, target.error().message));
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  for (const auto& field : message)
    request.headers.emplace_back(to_lower_ascii(view(field.name_string())), std::string(field.value()));
  request.body = std::move(message.body());
  const bool head_only = request.method == "HEAD";
  shared_->dispatch(std::move(request), make_responder(shared_from_this(), head_only));
}

std::string Connection::head_of(const Response& response, bool chunked) const {
  std::string head =
      "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(reason_of(response.status)) + "\r\n";
  for (const auto& [name, value] : response.headers) head += one_line(name) + ": " + one_line(value) + "\r\n";
  head += "Date: " + date_now() + "\r\n";
  if (chunked)
    head += "Transfer-Encoding: chunked\r\n";
  else if (response.status >= 200 && response.status != 204 && response.status != 304)
    head += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  if (!keep_alive_) head += "Connection: close\r\n";
  return head + "\r\n";
}

void Connection::respond(Response response, bool head_only) {
  if (gone_) return;
  asio::post(stream_.get_executor(), [self = shared_from_this(), response = std::move(response), head_only] {
    self->keep_alive_ = self->keep_alive_ && !self->shared_->draining;
    auto bytes = std::make_shared<std::string>(self->head_of(response, false));
    if (!head_only && response.status != 204 && response.status != 304) *bytes += response.body;
    self->write(std::move(bytes), !self->keep_alive_);
  });
}

void Connection::fail(Response response) {
  keep_alive_ = false;
  write(std::make_shared<std::string>(head_of(response, false) + response.body), true);
}

void Connection::write(std::shared_ptr<std::string> bytes, bool then_close) {
  stream_.expires_after(shared_->options.write_timeout);
  asio::async_write(stream_, asio::buffer(*bytes),
                    [self = shared_from_this(), bytes, then_close](beast::error_code error, std::size_t) {
                      if (error) return self->close();
                      self->on_written(then_close);
                    });
}

void Connection::on_written(bool then_close) {
  if (!then_close) return read_header();
  // The peer may still be sending what we refused to read: close our side first, so that the answer arrives.
  beast::error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  stream_.expires_after(kLinger);
  swallow(std::make_shared<std::array<char, 16384>>());
}

// Closing while bytes of the peer lie unread would reset the connection and take the answer with it.
void Connection::swallow(std::shared_ptr<std::array<char, 16384>> sink) {
  stream_.async_read_some(asio::buffer(*sink), [self = shared_from_this(), sink](beast::error_code error, std::size_t) {
    if (error) return self->close();
    self->swallow(sink);
  });
}

void Connection::begin_stream(Response head) {
  if (gone_) return;
  asio::post(stream_.get_executor(), [self = shared_from_this(), head = std::move(head)] {
    self->keep_alive_ = false;
    self->streaming_ = true;
    self->pieces_.push_front(self->head_of(head, true));
    self->write_next_piece();
  });
}

bool Connection::push(std::string piece, bool last) {
  if (gone_ || queued_bytes_ > kMaxQueued) return false;
  std::string chunk = piece.empty() ? "" : hex(piece.size()) + "\r\n" + std::move(piece) + "\r\n";
  if (last) chunk += "0\r\n\r\n";
  queued_bytes_ += chunk.size();
  asio::post(stream_.get_executor(), [self = shared_from_this(), chunk = std::move(chunk), last]() mutable {
    self->pieces_.push_back(std::move(chunk));
    self->last_queued_ = self->last_queued_ || last;
    self->write_next_piece();
  });
  return true;
}

void Connection::write_next_piece() {
  if (!streaming_ || writing_) return;
  if (pieces_.empty()) {
    if (last_queued_) close();
    return;
  }
  writing_ = true;
  auto bytes = std::make_shared<std::string>(std::move(pieces_.front()));
  pieces_.pop_front();
  stream_.expires_after(shared_->options.write_timeout);
  asio::async_write(stream_, asio::buffer(*bytes),
                    [self = shared_from_this(), bytes](beast::error_code error, std::size_t) {
                      self->writing_ = false;
                      self->queued_bytes_ -= std::min<std::size_t>(self->queued_bytes_, bytes->size());
                      self->stream_.expires_never();
                      if (error) return self->close();
                      self->write_next_piece();
                    });
}

}  // namespace greenroom::http
