#include "lib/http/connection.h"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

#include "lib/base/text.h"
#include "lib/http/target.h"

namespace greenroom::http {
namespace beast = boost::beast;
namespace asio = boost::asio;

namespace {

constexpr std::size_t kFirstRead = 32 * 1024;  // the usual delivery in one read

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, std::string peer, std::shared_ptr<Shared> shared)
    : shared_(std::move(shared)),
      stream_(std::move(socket)),
      body_deadline_(stream_.get_executor()),
      peer_(std::move(peer)) {}

Connection::~Connection() { shared_->closed(this); }

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
  pieces_.clear();  // who still holds the connection must not hold what nobody will read
  beast::error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  stream_.close();
  shared_->closed(this);  // not only once the last responder has let go
}

void Connection::await_request() {
  waiting_ = true;
  if (buffer_.size() > 0) return read_header();
  // The first byte of a next request may take its time; a begun header may not.
  stream_.expires_after(shared_->options.idle_timeout);
  stream_.async_read_some(buffer_.prepare(kFirstRead),
                          [self = shared_from_this()](beast::error_code error, std::size_t count) {
                            if (error) return self->close();
                            self->buffer_.commit(count);
                            self->read_header();
                          });
}

void Connection::read_header() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(shared_->options.header_limit));
  parser_->body_limit(shared_->options.body_limit);
  stream_.expires_after(shared_->options.header_timeout);
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
  // A timer of our own: the stream's would close the socket, and with it the way for the answer.
  stream_.expires_never();
  body_deadline_.expires_after(shared_->options.body_timeout);
  body_deadline_.async_wait([self = shared_from_this()](beast::error_code error) {
    if (error || !self->reading_body_) return;
    self->is_late_ = true;
    self->stream_.cancel();
  });
  reading_body_ = true;
  beast::http::async_read(stream_, buffer_, *parser_,
                          [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_body(error); });
}

void Connection::on_body(beast::error_code error) {
  reading_body_ = false;
  body_deadline_.cancel();
  if (error == beast::http::error::body_limit)
    return fail(
        Response::text(413, "the body is larger than " + std::to_string(shared_->options.body_limit) + " bytes"));
  if (is_late_) return fail(Response::text(408, "the body took too long to arrive"));
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
  if (!shared_->serve(this)) return close();  // somebody else got its place in this moment
  shared_->dispatch(std::move(request), make_responder(shared_from_this(), head_only));
}

}  // namespace greenroom::http
